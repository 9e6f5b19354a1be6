import * as v from 'valibot'

const trimmed = v.pipe(v.string(), v.trim())

const ConfigSchema = v.strictObject({
  /** Origin of the VoIPBIN API; empty means the origin that served this page. */
  apiBase: v.optional(
    v.pipe(
      trimmed,
      v.regex(
        /^(https?:\/\/[^/]+)?$/,
        'must be an origin such as https://api.voipbin.net, or empty',
      ),
    ),
    '',
  ),
  title: v.optional(v.pipe(trimmed, v.minLength(1, 'must not be empty')), 'Rollcall'),
  pollSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(300)), 3),
  requestTimeoutSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(120)), 10),
  /** Whoever was removed and is not gone by then is still connected. */
  removalLimitSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(600)), 15),
  /** How long a removal of many can be undone; 0 sends at once. */
  graceSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(60)), 5),
  /** The same for a removal of one. */
  singleGraceSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(60)), 0),
  /** Served by the sandbox only: who may sign in there. */
  sandbox: v.optional(
    v.object({
      accounts: v.array(
        v.object({ label: v.string(), username: v.string(), password: v.string() }),
      ),
      accesskey: v.optional(v.string()),
    }),
  ),
})

/** What one installation sets without a new build, from `config.json` beside the page. */
export type Config = v.InferOutput<typeof ConfigSchema>

/**
 * Reads `config.json`, once, before anything is shown.
 *
 * @throws Error with one sentence that an installer can act on
 */
export async function loadConfig(): Promise<Config> {
  const url = `${import.meta.env.BASE_URL}config.json`
  const response = await fetch(url, { cache: 'no-cache' }).catch(() => {
    throw new Error(`${url} could not be read: the server cannot be reached.`)
  })
  if (!response.ok) throw new Error(`${url} could not be read: HTTP ${response.status}.`)
  const settings = parse(await response.text(), url)
  if (Array.isArray(settings)) throw new Error(`${url} is not valid: it is a list.`)
  const found = v.safeParse(ConfigSchema, settings)
  if (found.success) return found.output
  const faults = found.issues.map(
    (issue) => `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`,
  )
  throw new Error(`${url} is not valid. ${faults.join(' ')}`)
}

function parse(text: string, url: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${url} is not JSON.`)
  }
}
