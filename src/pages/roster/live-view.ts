import type { QueryClient } from '@tanstack/react-query'
import { inBursts } from '~/cache/queries/draws.ts'
import { callersOf, type CallersChange, type CallerStore } from '~/cache/roster/caller-store.ts'
import { rosterOf, type RosterChange, type RosterStore } from '~/cache/roster/store.ts'
import { RosterView } from '~/derive/roster-view.ts'
import { WantedCallers } from '~/derive/wanted-callers.ts'
import type { RosterEntry } from '~/domain/merge.ts'

/** The view as of the latest change: another object with each. */
export interface LiveSnapshot {
  readonly view: RosterView
  readonly callers: CallerStore
  /** The participants whose callers are still to be asked for. */
  readonly wanted: WantedCallers
  /** Ids of the participants that are not gone. */
  readonly live: ReadonlySet<string>
}

/** The view of one conference or of all, kept up with the roster and the callers while something is subscribed to it. */
export class LiveView {
  readonly #roster: RosterStore
  readonly #callers: CallerStore
  readonly #conferenceId: string | null
  #view: RosterView
  #wanted: WantedCallers
  /** The versions of both stores at the last update. */
  #seen = ''
  #snapshot: LiveSnapshot | null = null

  /** @param conferenceId null for the participants of all conferences */
  constructor(client: QueryClient, conferenceId: string | null) {
    this.#roster = rosterOf(client)
    this.#callers = callersOf(client)
    this.#conferenceId = conferenceId
    this.#view = new RosterView(conferenceId, [])
    this.#wanted = this.#newWanted()
    this.#catchUp()
    this.subscribe = inBursts(client, (listener) => this.#follow(listener))
  }

  /** As `useSyncExternalStore` takes it. */
  readonly snapshot = (): LiveSnapshot =>
    (this.#snapshot ??= {
      view: this.#view,
      callers: this.#callers,
      wanted: this.#wanted,
      live:
        this.#conferenceId === null ? this.#roster.live : this.#roster.liveIn(this.#conferenceId),
    })

  /** As `useSyncExternalStore` takes it. */
  readonly subscribe: (listener: () => void) => () => void

  /** Keeps the view up to date from now on. Returns a function that ends this. */
  #follow(listener: () => void): () => void {
    // The stores may have changed since the view was made.
    this.#catchUp()
    const stopRoster = this.#roster.subscribe((change) => {
      if (this.#noteRoster(change)) listener()
    })
    const stopCallers = this.#callers.subscribe((change) => {
      if (this.#noteCallers(change)) listener()
    })
    return () => {
      stopRoster()
      stopCallers()
    }
  }

  #catchUp(): void {
    if (this.#seen === this.#stamp) return
    this.#seen = this.#stamp
    this.#snapshot = null
    const entries = this.#entries()
    this.#view = new RosterView(this.#conferenceId, entries)
    this.#wanted = this.#newWanted()
    for (const entry of entries) this.#want(entry.participant.id)
  }

  #entries(): readonly RosterEntry[] {
    return this.#conferenceId === null
      ? [...this.#roster.entries()]
      : [...this.#roster.inConference(this.#conferenceId)].flatMap(
          (id) => this.#roster.get(id) ?? [],
        )
  }

  get #stamp(): string {
    return `${this.#roster.version} ${this.#callers.version}`
  }

  #newWanted(): WantedCallers {
    return new WantedCallers((id) => this.#view.entryOf(id))
  }

  #want(id: string): void {
    this.#wanted.note(id, this.#callers.has)
  }

  #noteRoster({ entries }: RosterChange): boolean {
    this.#seen = this.#stamp
    const ours = entries.filter(
      ({ id, after }) =>
        this.#conferenceId === null ||
        after?.participant.conferenceId === this.#conferenceId ||
        this.#view.has(id),
    )
    this.#view.note(ours)
    for (const { id } of ours) this.#want(id)
    if (ours.length > 0) this.#snapshot = null
    return ours.length > 0
  }

  #noteCallers({ callers }: CallersChange): boolean {
    this.#seen = this.#stamp
    const ids: string[] = []
    for (const callId of callers.keys()) {
      for (const id of this.#roster.ofCall(callId)) if (this.#view.has(id)) ids.push(id)
    }
    this.#view.touch(ids)
    for (const id of ids) this.#want(id)
    if (ids.length > 0) this.#snapshot = null
    return ids.length > 0
  }
}
