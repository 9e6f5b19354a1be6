interface Listed {
  readonly id: string
  readonly created: number
}

/** The most rows of a page (voipbin-api.md 3). */
const PAGE = 100

/**
 * Records behind a list of the platform, newest first: a page has what was created strictly before its cursor, so rows
 * that share a microsecond with the last row of a page are skipped (voipbin-api.md 3). Written from the API facts alone:
 * neither the application's parser nor the sandbox's cursor is used, so that a misreading shows.
 */
export class RecordList<T extends Listed> {
  /** Oldest first. */
  readonly #rows: T[] = []
  readonly #byId = new Map<string, T>()

  get size(): number {
    return this.#rows.length
  }

  /** All records, oldest first. */
  all(): readonly T[] {
    return this.#rows
  }

  get(id: string): T | undefined {
    return this.#byId.get(id)
  }

  /** Adds a record; of those of one microsecond, the one added last is the newest. */
  insert(row: T): void {
    const older = this.#rows.findLastIndex(({ created }) => created <= row.created)
    this.#rows.splice(older + 1, 0, row)
    this.#byId.set(row.id, row)
  }

  /** The page of what was created before a cursor in microseconds; null asks for the newest page. */
  page(before: number | null, isListed: (row: T) => boolean = () => true): readonly T[] {
    const page: T[] = []
    let at = this.#rows.findLastIndex(({ created }) => before === null || created < before)
    for (; at >= 0 && page.length < PAGE; at--) {
      const row = this.#rows[at]
      if (row && isListed(row)) page.push(row)
    }
    return page
  }
}

/** A moment in microseconds as page tokens have it: six digits and `Z` (voipbin-api.md 10). */
export const tokenTime = (at: number): string =>
  new Date(Math.floor(at / 1000))
    .toISOString()
    .replace('Z', `${String(at % 1000).padStart(3, '0')}Z`)

/** The same as records have it: trailing zeros of the fraction are left out (voipbin-api.md 10). */
export const recordTime = (at: number): string => tokenTime(at).replace(/\.?0*Z$/, 'Z')

/** The microseconds of a page token. Throws a RangeError for anything the platform does not send (voipbin-api.md 3). */
export function cursorOf(token: string): number {
  const [, millis = '', micros = ''] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})(\d{3})Z$/.exec(token) ?? []
  const at = Date.parse(`${millis}Z`)
  if (Number.isNaN(at)) throw new RangeError(`not a page token: ${token}`)
  return at * 1000 + Number(micros)
}
