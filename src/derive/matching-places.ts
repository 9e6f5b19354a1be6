import type { ParticipantPlaces } from './participant-places.ts'
import type { RowSources } from './participant-rows.ts'
import { searchTextOf } from './participant-search.ts'
import { matcherOf, type Matcher } from './query/match.ts'
import { parseQuery } from './query/parse.ts'
import { TextIndex } from './text-index.ts'
import type { Options } from './view-options.ts'

/** Which participants match a view, by place. */
export class MatchingPlaces {
  readonly #places: ParticipantPlaces
  readonly #texts: TextIndex
  #sources: RowSources | null = null
  #text = ''
  #matcher: Matcher = matcherOf({ terms: [] })
  /** By place: 1 if it matches the options of the last read. */
  #is: Uint8Array = new Uint8Array()

  constructor(places: ParticipantPlaces) {
    this.#places = places
    this.#texts = new TextIndex((place) => this.#textAt(place))
  }

  set sources(sources: RowSources) {
    this.#sources = sources
  }

  /** Marks the text of a place as changed. */
  note(place: number): void {
    this.#texts.note(place)
  }

  /** Prepares the search. @param mayGoOn asked every few hundred participants @returns whether all is prepared */
  prepare(mayGoOn: () => boolean): boolean {
    return this.#sources === null || this.#texts.prepare(mayGoOn)
  }

  /** Those of some places that match. */
  among(all: readonly number[]): Int32Array {
    const found = new Int32Array(all.length)
    let count = 0
    for (const place of all) {
      found[count] = place
      count += this.#is[place] ?? 0
    }
    return found.slice(0, count)
  }

  /** Matches all participants anew. Returns whether the same ones match as before. */
  matchAll(options: Options): boolean {
    this.#prepareMatcher(options.text)
    const before = this.#is
    this.#is = this.#matches(this.#matcher, options)
    return this.#is.every((is, place) => is === (before[place] ?? 0))
  }

  /** How many participants would match other options. */
  count(options: Options): number {
    const matches = this.#matches(matcherOf(parseQuery(options.text)), options)
    let count = 0
    for (const place of this.#places.inUse) count += matches[place] ?? 0
    return count
  }

  /** For each place 1 if it matches, else 0. */
  #matches(matcher: Matcher, options: Options): Uint8Array {
    const found = this.#texts.searchAll(matcher.texts, this.#places.length)
    const shows = statusFilter(matcher, options)
    const isShown = new Map(Array.from(this.#places.byStatus.keys(), (one) => [one, shows(one)]))
    if (![...isShown.values()].every(Boolean)) {
      for (const [place, status] of this.#places.statuses.entries()) {
        if (isShown.get(status) === false) found[place] = 0
      }
    }
    if (matcher.tests.length === 0) return found
    for (const [place, is] of found.entries()) {
      if (is === 1 && !this.#passes(place, matcher, options)) found[place] = 0
    }
    return found
  }

  /** Matches the participants at some places anew. Returns whether the same ones match as before. */
  matchSome(some: Iterable<number>, options: Options): boolean {
    this.#prepareMatcher(options.text)
    this.#grow()
    const shows = statusFilter(this.#matcher, options)
    let isSame = true
    for (const place of some) {
      const isShown =
        this.#places.at(place) !== undefined &&
        shows(this.#places.statuses[place] ?? '') &&
        this.#texts.hasAll(place, this.#matcher.texts) &&
        this.#passes(place, this.#matcher, options)
      isSame &&= isShown === (this.#is[place] === 1)
      this.#is[place] = Number(isShown)
    }
    return isSame
  }

  #prepareMatcher(text: string): void {
    if (text !== this.#text) this.#matcher = matcherOf(parseQuery(text))
    this.#text = text
  }

  #grow(): void {
    if (this.#is.length >= this.#places.length) return
    const before = this.#is
    // Twice as many as are needed now, as arrays grow.
    this.#is = new Uint8Array(this.#places.length * 2)
    this.#is.set(before)
  }

  /** Whether the participant at a place passes the conditions that only its record and its caller decide. */
  #passes(place: number, { tests }: Matcher, { now = 0 }: Options): boolean {
    if (tests.length === 0) return true
    const entry = this.#places.at(place)
    const sources = this.#sources
    if (!entry || !sources) return false
    return tests.every(({ passes }) => passes({ entry, sources, now }))
  }

  #textAt(place: number): string {
    const entry = this.#places.at(place)
    return entry && this.#sources ? searchTextOf(entry, this.#sources) : ''
  }
}

/** Statuses that the query asks for are shown whatever is hidden. */
const statusFilter = (
  { passesStatus }: Matcher,
  { hidden }: Options,
): ((status: string) => boolean) => passesStatus ?? ((status) => !hidden.includes(status))
