import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { sandbox } from './sandbox/plugin.ts'

export default defineConfig({
  plugins: [react(), tailwindcss(), sandbox({ api: process.env['ROLLCALL_API'] })],
  resolve: { tsconfigPaths: true },
  build: {
    // The size budget reads the manifest to learn which chunks the first rows need.
    manifest: true,
    modulePreload: { polyfill: false },
  },
  server: { port: 5173 },
  preview: { port: 4173 },
  test: {
    include: ['src/**/*.spec.ts', 'sandbox/**/*.spec.ts'],
  },
})
