import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { precompress } from './deploy/compress.ts'
import { pageOrder } from './deploy/page-order.ts'
import { securityHeaders } from './deploy/serve.ts'
import { sandbox } from './sandbox/plugin.ts'
import { upstreamFrom } from './sandbox/upstream.ts'

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    // Before the sandbox, which answers without asking those behind it.
    securityHeaders(),
    sandbox({ upstream: upstreamFrom(process.env) }),
    pageOrder(),
    precompress(),
  ],
  resolve: { tsconfigPaths: true },
  build: {
    modulePreload: { polyfill: false },
    // `npm run size` holds what is loaded first, compressed. Kilobytes.
    chunkSizeWarningLimit: 600,
    // The licences of what ships ask to be passed on with it.
    license: { fileName: 'third-party-licences.md' },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // It asks for the first rows while the rest is on its way.
            { name: 'early', test: /\/src\/early\.ts$/ },
            // One chunk for all that the first rows need: it compresses better than many, and comes in one go.
            { name: 'app', tags: ['$initial'] },
            // What several of the parts that come later have in common, each of which is small.
            { name: 'shared', minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: { port: 5173 },
  preview: { port: 4173 },
  test: {
    include: ['src/**/*.spec.ts', 'sandbox/**/*.spec.ts', 'deploy/**/*.spec.ts'],
    // By default one processor is left free, which of two is half: two long specs wait for servers more than they work.
    maxWorkers: '100%',
  },
})
