/**
 * The one source of the security headers. `npm start` and `npm run dev` send them from here (deploy/serve.ts);
 * deploy/headers.spec.ts holds the nginx configuration against them.
 */

/** Headers with one value for every installation. */
export const FIXED_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), hid=(), midi=()',
}

type Directives = Readonly<Record<string, string>>

/** What may be said in a meta element: the rest is ignored there, and the API's origin is not known to a build. */
const PAGE: Directives = {
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  // The forms are sent by the app itself, so that a password can never end up in an address.
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
}

const text = (directives: Directives): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')

/** Where the app may connect to, for the `apiBase` of config.json: an origin, or empty for the page's own. */
export function connectSources(apiBase: string): string {
  return ["'self'", ...(apiBase === '' ? [] : [apiBase, apiBase.replace(/^http/, 'ws')])].join(' ')
}

/** The policy of a page whose API is at `apiBase`. */
export const contentSecurityPolicy = (apiBase: string): string =>
  text({
    'default-src': "'none'",
    ...PAGE,
    'connect-src': connectSources(apiBase),
    'frame-ancestors': "'none'",
  })

/** The part of the policy that the page brings along itself, for servers that send no headers. */
export const META_POLICY = text(PAGE)

/**
 * The policy of `npm run dev`. Vite's hot reload needs what `nonce` marks and a worker, and its error overlay does
 * without Trusted Types.
 */
export function developmentPolicy(apiBase: string, nonce: string): string {
  const { 'require-trusted-types-for': _, 'trusted-types': __, ...page } = PAGE
  return text({
    'default-src': "'none'",
    ...page,
    'script-src': `'self' 'nonce-${nonce}'`,
    'style-src': `'self' 'nonce-${nonce}'`,
    // Vite waits for its server to come back in a worker that it makes from a blob.
    'worker-src': 'blob:',
    'connect-src': connectSources(apiBase),
    'frame-ancestors': "'none'",
  })
}
