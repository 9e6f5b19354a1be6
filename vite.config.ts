import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { precompress } from './deploy/compress.ts'
import { securityHeaders } from './deploy/serve.ts'
import { sandbox } from './sandbox/plugin.ts'
import { upstreamFrom } from './sandbox/upstream.ts'

/**
 * Leaves out of react-router what is never used here: its warnings for developers, and the components that only the
 * names given to them for debugging keep in the bundle. Without effect on a version written otherwise, which then
 * shows in the size.
 */
const slimRouter: Plugin = {
  name: 'rollcall:slim-router',
  apply: 'build',
  transform: {
    filter: { id: /\/react-router\/dist\/.*\.mjs$/ },
    handler: (code) => ({
      code: code
        .replace('var ENABLE_DEV_WARNINGS = true;', 'var ENABLE_DEV_WARNINGS = false;')
        .replaceAll(/^\w+\.displayName = .*;$/gm, '')
        .replaceAll(/ = (?=React\d*\.(?:forwardRef|createContext|memo)\()/g, ' = /* @__PURE__ */ '),
      map: null,
    }),
  },
}

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    slimRouter,
    // Before the sandbox, which answers without asking those behind it.
    securityHeaders(),
    sandbox({ upstream: upstreamFrom(process.env) }),
    precompress(),
  ],
  resolve: {
    tsconfigPaths: true,
    // React has had useSyncExternalStore since 18: the shim for older ones is dead weight.
    alias: {
      'use-sync-external-store/shim/with-selector': 'use-sync-external-store/with-selector',
    },
  },
  build: {
    modulePreload: { polyfill: false },
    // The licences of what ships ask to be passed on with it.
    license: { fileName: 'third-party-licences.md' },
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
    include: ['src/**/*.spec.ts', 'sandbox/**/*.spec.ts', 'deploy/**/*.spec.ts'],
  },
})
