/** Every path of the app. Links are built here, and the routes use the same constants. */
export const routes = {
  login: '/login',
  conferences: '/conferences',
  conference: '/conferences/:id',
  participants: '/participants',
  activity: '/activity',
  settings: '/settings',
} as const

/** The path of the sign-in page, with the path to return to. */
export const loginPath = (returnTo: string): string =>
  `${routes.login}?${new URLSearchParams({ return: returnTo })}`

/** The path of a conference. The id may be any text from a URL. */
export const conferencePath = (id: string): string =>
  `${routes.conferences}/${encodeURIComponent(id)}`

/** The path of a conference with the panel of a participant open. */
export const participantPath = (conferenceId: string, id: string): string =>
  `${conferencePath(conferenceId)}?${new URLSearchParams({ participant: id })}`

/** The id of the conference that a path of the app opens, or null. It may be any text from a URL. */
export const conferenceIdIn = (pathname: string): string | null =>
  /^\/conferences\/([^/]+)\/?$/.exec(pathname)?.[1] ?? null

/**
 * Where to go after signing in: a path of this app, or the conferences. What is not a plain local path is
 * refused, so that no link can lead to another site after a sign-in.
 */
export const returnPath = (wanted: string | null): string =>
  wanted && /^\/(?![/\\])\P{Cc}*$/u.test(wanted) ? wanted : routes.conferences
