import type { Suspects } from './suspects.ts'

/** The longest pause between two looks at somebody who keeps disagreeing with a conference. Milliseconds. */
const LONGEST_PAUSE = 3600_000

/** How often somebody was read in vain, and when the next time may be. */
interface Doubt {
  readonly tries: number
  readonly next: number
}

/** Who is suspected to be otherwise than held, and who was so in vain. Times are those of performance.now(). */
export class Doubts {
  /** Somebody nobody has heard of yet: most likely just come, so that one page tells of all who have. */
  hasNewcomers = false
  readonly #shortestPause: number
  readonly #suspects = new Set<string>()
  /** Those that a change was told of just now: each is read once, whatever was read in vain before. */
  readonly #told = new Set<string>()
  readonly #inVain = new Map<string, Doubt>()

  /** @param shortestPause after the first look in vain, in milliseconds; it doubles with each */
  constructor(shortestPause: number) {
    this.#shortestPause = shortestPause
  }

  /** How many are to be looked at. */
  get size(): number {
    return this.#suspects.size
  }

  /** Those to be looked at, by id. */
  get ids(): Iterable<string> {
    return this.#suspects
  }

  /** Those and the ones that were looked at in vain: they may come to be suspected again. */
  get remembered(): Iterable<string> {
    return [...this.#suspects, ...this.#inVain.keys()]
  }

  /** Suspects them, but for those who were read in vain not long ago. */
  add({ unknown, changed }: Suspects): void {
    this.hasNewcomers ||= unknown.some((id) => !this.#suspects.has(id) && !this.#inVain.has(id))
    const now = performance.now()
    for (const id of [...unknown, ...changed]) {
      if (now >= (this.#inVain.get(id)?.next ?? 0)) this.#suspects.add(id)
    }
  }

  /** Suspects those that a frame tells a change of. To read them too early is not in vain: the next hint counts. */
  addTold(ids: readonly string[]): void {
    for (const id of ids) {
      this.#told.add(id)
      this.#suspects.add(id)
    }
  }

  /** Whom to look at first: who keeps disagreeing must not be in the way of who does so for the first time. */
  next(isReady: (id: string) => boolean): readonly string[] {
    const triesOf = (id: string) => this.#inVain.get(id)?.tries ?? 0
    const all = [...this.#suspects].filter(isReady)
    const least = all.reduce((min, id) => Math.min(min, triesOf(id)), Infinity)
    return all.filter((id) => triesOf(id) === least)
  }

  /** Nobody will doubt them again. */
  forget(isOver: (id: string) => boolean): void {
    for (const id of this.#inVain.keys()) if (isOver(id)) this.#inVain.delete(id)
  }

  /** Somebody was read: who said nothing new is left alone for ever longer. */
  wasRead(id: string, isNews: boolean): void {
    const wasSuspect = this.#suspects.delete(id)
    const wasTold = this.#told.delete(id)
    // What made the newest page worth reading was on another one.
    if (this.#suspects.size === 0) this.hasNewcomers = false
    if (isNews) this.#inVain.delete(id)
    else if (wasSuspect && !wasTold) {
      const tries = this.#inVain.get(id)?.tries ?? 0
      const pause = Math.min(this.#shortestPause * 2 ** tries, LONGEST_PAUSE)
      this.#inVain.set(id, { tries: tries + 1, next: performance.now() + pause })
    }
  }
}
