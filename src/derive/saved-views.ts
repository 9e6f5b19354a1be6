/** A view of the app that was given a name. */
export interface SavedView {
  readonly name: string
  /** Its path in the app, with its query string. */
  readonly path: string
}

/** Characters. */
export const LONGEST_NAME = 60

/** More would not be found again. */
const MOST = 100

/** Only pages of the app, so that no link leads elsewhere. */
const isPath = (path: string): boolean => /^\/(?![/\\])\P{Cc}*$/u.test(path)

/** The views that were stored; what is damaged is left out. */
export function parseViews(found: unknown): readonly SavedView[] {
  if (!Array.isArray(found)) return []
  const views = found.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('name' in one) || !('path' in one)) return []
    const { name, path } = one
    const isView = typeof name === 'string' && typeof path === 'string' && isPath(path)
    return isView ? [{ name: name.slice(0, LONGEST_NAME), path }] : []
  })
  return views.slice(0, MOST)
}

/** The views with one more, or with another path under a name that is there. */
export const withView = (views: readonly SavedView[], view: SavedView): readonly SavedView[] =>
  [...views.filter(({ name }) => name !== view.name), view]
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .slice(0, MOST)

export const withoutView = (views: readonly SavedView[], name: string): readonly SavedView[] =>
  views.filter((one) => one.name !== name)

/** The name in a link that offers a view to be saved. */
const SAVE = 'save'

/** The path of a view as a link that offers to save it. */
export function sharedPath({ name, path }: SavedView): string {
  const url = new URL(path, 'https://rollcall.invalid')
  url.searchParams.set(SAVE, name)
  return url.pathname + url.search
}

/** The view that an address offers to save, if it does, and its path without the offer. */
export function offeredView(pathname: string, search: string): SavedView | null {
  const query = new URLSearchParams(search)
  const name = query.get(SAVE)?.trim().slice(0, LONGEST_NAME)
  if (!name) return null
  query.delete(SAVE)
  return { name, path: query.size > 0 ? `${pathname}?${query}` : pathname }
}
