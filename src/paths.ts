/** Every address of the app. Links are built here, and the routes are written in the same words. */
export const routes = {
  login: '/login',
  conferences: '/conferences',
  conference: '/conferences/:id',
  activity: '/activity',
} as const

/** The sign-in page, and where to go on from there. */
export const loginPath = (returnTo: string): string =>
  `${routes.login}?${new URLSearchParams({ return: returnTo })}`

/** One conference. The id may be anything that stands in a URL. */
export const conferencePath = (id: string): string =>
  `${routes.conferences}/${encodeURIComponent(id)}`

/** The id of the conference that an address of the app opens, or null. It may be anything that stands in a URL. */
export const conferenceIdIn = (pathname: string): string | null =>
  /^\/conferences\/([^/]+)\/?$/.exec(pathname)?.[1] ?? null

/**
 * Where to go after signing in: a path of this app, or the conferences. What is not a plain local path is
 * refused, so that no link can send a freshly signed-in person elsewhere.
 */
export const returnPath = (wanted: string | null): string =>
  wanted && /^\/(?![/\\])\P{Cc}*$/u.test(wanted) ? wanted : routes.conferences
