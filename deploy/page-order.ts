import type { Plugin } from 'vite'

/**
 * Orders what the built page asks for. Browsers look no further ahead than a script that blocks when a page brings its
 * policy along, so the one that sets the theme comes after all that can be fetched beside it. And what sends the first
 * requests (src/early.ts) waits neither for the styles nor for its turn.
 */
export function pageOrder(): Plugin {
  return {
    name: 'rollcall:page-order',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => {
        const [theme = ''] = /\s*<script src="[^"]*theme-init\.js"><\/script>/.exec(html) ?? []
        return html
          .replace(theme, '')
          .replace(/\s*<\/head>/, (end) => theme + end)
          .replace(/<script type="module"(?=[^>]* src="[^"]*\/early-)/, '$& async')
      },
    },
  }
}
