import { tabPace } from './cache/queries/pace.ts'
import { isId } from './domain/ids.ts'
import { conferenceIdIn } from './paths.ts'
import { getConferenceAhead } from './wire/conferences.ts'
import { loadConfig, type Config } from './config.ts'
import { configureHttp } from './wire/http.ts'
import { listParticipantsAhead } from './wire/participants.ts'
import { restoreSession } from './wire/session.ts'

/**
 * Reads the settings, takes up the session, and sends for what the first rows need. The build puts this file and what
 * it needs into a chunk of its own, which runs while the code that draws is still on its way.
 */
async function start(): Promise<Config> {
  const [config] = await Promise.all([loadConfig(), restoreSession()])
  configureHttp({
    apiBase: config.apiBase,
    timeout: config.requestTimeoutSeconds * 1000,
    onRequest: () => tabPace.spend(),
  })
  listParticipantsAhead()
  if (openedConference !== null) getConferenceAhead(openedConference)
  return config
}

const id = conferenceIdIn(location.pathname.slice(import.meta.env.BASE_URL.length - 1))

/** The conference whose page is opened first; null when it is another page. */
export const openedConference = id !== null && isId(id) ? id.toLowerCase() : null

/** The settings of this installation. It rejects with one sentence that an installer can act on. */
export const started = start()

// The code that draws says what is wrong, once it is there.
started.catch(() => {})
