import * as v from 'valibot'
import { isRedirect } from './util/is-redirect.ts'
import { parseJson } from './util/json.ts'

/** Why text is neither an origin nor empty, or null. Other parts of a URL would be dropped or sent unencrypted. */
function originFault(text: string): string | null {
  if (text === '') return null
  if (/\s/.test(text)) return 'must not contain blanks'
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:\/\//.test(text)) {
    return 'must be an origin such as https://api.voipbin.net, or empty'
  }
  if (text.includes('@')) return 'must not contain a user name or password'
  if (text.includes('?')) return 'must not have a query'
  if (text.includes('#')) return 'must not have a fragment'
  return text === url.origin ? null : `must be an origin without a path, such as ${url.origin}`
}

const ConfigSchema = v.strictObject({
  /** Origin of the VoIPBIN API; empty means the origin that served this page. */
  apiBase: v.optional(
    v.pipe(
      v.string(),
      v.rawCheck(({ dataset, addIssue }) => {
        const message = dataset.typed ? originFault(dataset.value) : null
        if (message !== null) addIssue({ message })
      }),
    ),
    '',
  ),
  title: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty')), 'Rollcall'),
  pollSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(300)), 3),
  requestTimeoutSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(120)), 10),
  /** A removed participant that has not left by then is shown as still connected. */
  removalLimitSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(600)), 15),
  /** How long a removal of several participants can be undone; 0 sends it at once. */
  graceSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(60)), 5),
  /** How long a removal of one participant can be undone; 0 sends it at once. */
  singleGraceSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(60)), 0),
  /** Whether numbers without a name are looked up among the customer's contacts. */
  contactLookup: v.optional(v.boolean(), true),
  /** Served by the sandbox only: the accounts and the access key that can sign in to it. */
  sandbox: v.optional(
    v.object({
      accounts: v.array(
        v.object({ label: v.string(), username: v.string(), password: v.string() }),
      ),
      accesskey: v.optional(v.string()),
    }),
  ),
})

/** The settings of one installation, from `config.json` beside the page. */
export type Config = v.InferOutput<typeof ConfigSchema>

/**
 * Loads `config.json`, once, before anything is shown.
 *
 * @throws Error with a sentence that tells the operator of the installation what to correct
 */
export async function loadConfig(): Promise<Config> {
  const url = `${import.meta.env.BASE_URL}config.json`
  const response = await fetch(url, { cache: 'no-cache', redirect: 'manual' }).catch(() => {
    throw new Error(`${url} could not be read: the server cannot be reached.`)
  })
  if (isRedirect(response)) {
    throw new Error(`${url} could not be read: the server redirected it, which is not followed.`)
  }
  if (!response.ok) throw new Error(`${url} could not be read: HTTP ${response.status}.`)
  const settings = parseJson(await response.text())
  if (settings === undefined) throw new Error(`${url} is not JSON.`)
  if (Array.isArray(settings)) throw new Error(`${url} is not valid: it is a list.`)
  const found = v.safeParse(ConfigSchema, settings)
  if (found.success) return found.output
  const faults = found.issues.map(
    (issue) => `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`,
  )
  throw new Error(`${url} is not valid. ${faults.join(' ')}`)
}
