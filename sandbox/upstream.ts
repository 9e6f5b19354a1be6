import { readFileSync } from 'node:fs'
import type { ProxyOptions } from 'vite'
import { BadOption } from './options.ts'

/** A real VoIPBIN to pass requests on to, and how its certificate is judged. */
export interface Upstream {
  readonly origin: string
  /** PEM text of the authorities to trust instead of the machine's; undefined trusts the machine's. */
  readonly ca: string | undefined
  /** False only by ROLLCALL_API_INSECURE. */
  readonly isVerified: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The upstream that ROLLCALL_API, ROLLCALL_API_CA and ROLLCALL_API_INSECURE describe; null without ROLLCALL_API.
 *
 * @throws BadOption with one sentence for invalid settings
 */
export function upstreamFrom(environment: Environment): Upstream | null {
  const { ROLLCALL_API: api = '', ROLLCALL_API_CA: file = '' } = environment
  if (api === '') return null
  return {
    origin: originOf(api),
    ca: file === '' ? undefined : readAuthorities(file),
    isVerified: !isInsecure(environment['ROLLCALL_API_INSECURE']),
  }
}

function isInsecure(value = ''): boolean {
  if (value === '' || value === '0') return false
  if (value === '1') return true
  throw new BadOption(`ROLLCALL_API_INSECURE must be 1 or 0, not "${value}".`)
}

function readAuthorities(file: string): string {
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new BadOption(`ROLLCALL_API_CA names a file that cannot be read: "${file}".`)
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw new BadOption(`ROLLCALL_API_CA must name a file of PEM certificates; "${file}" has none.`)
}

/** The origin of `api`. @throws BadOption with the reason: anything more would be lost, or sent unencrypted */
export function originOf(api: string): string {
  const url = URL.canParse(api) ? new URL(api) : undefined
  const fault = originFault(api, url)
  if (url !== undefined && fault === undefined) return url.origin
  throw new BadOption(
    `ROLLCALL_API must be an origin such as https://api.voipbin.net, ${fault ?? 'nothing else'}.`,
  )
}

function originFault(api: string, url: URL | undefined): string | undefined {
  // The credentials of a URL are a secret that does not belong on the terminal.
  if (url !== undefined && `${url.username}${url.password}` !== '') {
    return 'without a user name or password'
  }
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (!isWeb || /\s/.test(api)) return `not "${api}"`
  if (api.includes('?')) return `without a query, not "${api}"`
  if (api.includes('#')) return `without a fragment, not "${api}"`
  if (url.pathname !== '/') return `without a path, not "${api}"`
  return undefined
}

/** The warnings about an upstream that the terminal shows at each start. */
export function warningsFor({ origin, isVerified }: Upstream): readonly string[] {
  const { protocol, hostname } = new URL(origin)
  if (protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) {
    return [`WARNING: passwords travel to ${origin} without encryption.`]
  }
  if (isVerified) return []
  return [
    `WARNING: the certificate of ${origin} is not verified (ROLLCALL_API_INSECURE): anyone between here and there can read passwords.`,
  ]
}

/** Vite proxy rules for everything that VoIPBIN serves (voipbin-api.md 1). Redirects are passed on, not followed. */
export function proxyTo({ origin, ca, isVerified }: Upstream): Record<string, ProxyOptions> {
  const rule: ProxyOptions = {
    target: origin,
    changeOrigin: true,
    secure: isVerified,
    ...(ca !== undefined && { ca }),
    followRedirects: false,
    configure: (proxy) => {
      // A login cookie would override the Authorization header (voipbin-api.md 2.3): none in, none out.
      proxy.on('proxyReq', (request) => request.removeHeader('cookie'))
      proxy.on('proxyReqWs', (request) => request.removeHeader('cookie'))
      proxy.on('proxyRes', (response) => {
        delete response.headers['set-cookie']
      })
      // Vite logs the address of what failed, and the query may carry a credential (voipbin-api.md 2.3).
      proxy.prependListener('error', (_error, request) => {
        request.url = request.url?.split('?')[0] ?? ''
      })
    },
  }
  return { '/v1.0/ws': { ...rule, ws: true }, '/v1.0': rule, '/auth': rule, '/ping': rule }
}
