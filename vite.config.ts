import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { sandbox } from './sandbox/plugin.ts'

export default defineConfig({
  plugins: [react(), tailwindcss(), sandbox({ api: process.env['ROLLCALL_API'] })],
  resolve: {
    tsconfigPaths: true,
    // React has had useSyncExternalStore since 18: the shim for older ones is dead weight.
    alias: {
      'use-sync-external-store/shim/with-selector': 'use-sync-external-store/with-selector',
    },
  },
  build: {
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // One chunk for all that the first rows need: it compresses better than many, and comes in one go.
        codeSplitting: { groups: [{ name: 'app', tags: ['$initial'] }] },
      },
    },
  },
  server: { port: 5173 },
  preview: { port: 4173 },
  test: {
    include: ['src/**/*.spec.ts', 'sandbox/**/*.spec.ts'],
  },
})
