import type { QueryClient } from '@tanstack/react-query'
import type { CallerFact } from '~/domain/call.ts'
import type { Participant } from '~/domain/participant.ts'
import { answersOf, type Answer } from '~/cache/queries/answers.ts'
import { applyConferences } from '~/cache/queries/conference-list.ts'
import { applyPushedRecordings } from '~/cache/queries/recordings.ts'
import type { Channel } from '~/util/channel.ts'
import { callersOf, type CallersChange } from '~/cache/roster/caller-store.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { applyAnswer, conferencesIn } from './answers.ts'
import { openBuildBus, type BuildMessage } from './bus.ts'
import { lead } from './leadership.ts'
import { unlessInterrupted } from './session.ts'
import { statusOf } from './status.ts'
import { Term, type TermOptions } from './term.ts'

/** What a tab needs to join the others. */
export interface LiveOptions extends Pick<TermOptions, 'client' | 'customerId' | 'pollInterval'> {
  /** Whose tabs work together: see `scopeOf`. */
  readonly scope: string
  /** Gets the term that begins when this tab begins to lead, and null when it no longer leads. */
  readonly onTerm: (term: Term | null) => void
}

/**
 * This tab as one of those that share a roster. One of them leads: it polls and listens to push. What any of them has
 * from the server it tells the others; what it has from another tab it does not.
 */
export class Live {
  readonly #client: QueryClient
  readonly #options: LiveOptions
  readonly #bus: Channel<BuildMessage> | null
  readonly #stops: readonly (() => void)[]
  #term: Term | null = null
  /** No other tab has led since. */
  #ledLast = false

  constructor(options: LiveOptions) {
    const { client, scope, onTerm } = options
    this.#client = client
    this.#options = options
    this.#bus = openBuildBus(scope, (message) => this.#onMessage(message))
    const stopBroadcasting = [
      rosterOf(client).subscribe(({ facts, origin }) => {
        if (origin !== 'tab') this.#broadcastRoster(facts)
      }),
      callersOf(client).subscribe((change) => this.#onCallersChange(change)),
      answersOf(client).subscribe((answer) => this.#onAnswer(answer)),
      statusOf(client).subscribe((_status, origin) => {
        if (origin !== 'tab' && this.#term) this.#broadcastStatus()
      }),
    ]
    this.#broadcast({ kind: 'hello' })
    this.#broadcastCallers(callersOf(client).entries())
    // Until the lock is granted another tab may hold it.
    onTerm(null)
    const stopLeading = unlessInterrupted(() => lead(scope, (leads) => this.#setLeads(leads)))
    this.#stops = [stopLeading, ...stopBroadcasting]
  }

  /** Polls now, in whichever tab leads. */
  refresh(): void {
    if (this.#term) this.#term.refresh()
    else this.#broadcast({ kind: 'refresh' })
  }

  /** Leaves the other tabs for good. */
  stop(): void {
    for (const stop of this.#stops) stop()
    this.#bus?.close()
  }

  #setLeads(leads: boolean): void {
    if (leads) this.#beginTerm()
    else {
      this.#term?.stop()
      this.#term = null
    }
    this.#options.onTerm(this.#term)
  }

  #beginTerm(): void {
    const { client, customerId, pollInterval } = this.#options
    this.#ledLast = true
    this.#broadcast({ kind: 'leading' })
    this.#term = new Term({
      client,
      customerId,
      pollInterval,
      onConferences: (conferences) => {
        applyConferences(client, conferences)
        this.#broadcast({ kind: 'conferences', conferences })
        this.#term?.enqueueRecheck(conferences)
      },
      onRecordings: (recordings) => {
        applyPushedRecordings(client, recordings)
        this.#broadcast({ kind: 'recordings', recordings })
      },
    })
    this.#broadcastStatus()
  }

  #broadcast(message: BuildMessage): void {
    this.#bus?.send(message)
  }

  /** Tells these facts, and what is known of the list as a whole. */
  #broadcastRoster(facts: readonly Participant[]): void {
    const { coverage: spans, ...extent } = rosterOf(this.#client).extent
    this.#broadcast({ kind: 'roster', update: { facts, spans, ...extent } })
  }

  #broadcastCallers(callers: Iterable<readonly [string, CallerFact]>): void {
    const told = new Map(callers)
    if (told.size > 0) this.#broadcast({ kind: 'callers', callers: told })
  }

  #broadcastStatus(): void {
    this.#broadcast({ kind: 'status', status: statusOf(this.#client).get() })
  }

  #broadcastAll(): void {
    const roster = rosterOf(this.#client)
    this.#broadcastRoster(Array.from(roster.entries(), ({ participant }) => participant))
    this.#broadcastCallers(callersOf(this.#client).entries())
    this.#broadcastStatus()
  }

  #onCallersChange({ callers, origin }: CallersChange): void {
    if (origin === 'tab') return
    const known = [...callers].flatMap(([id, fact]) => (fact ? [[id, fact] as const] : []))
    this.#broadcastCallers(known)
  }

  #onAnswer(answer: Answer): void {
    const { key, data, updatedAt } = answer
    this.#broadcast({ kind: 'answer', key: key.map(String), data, updatedAt })
    this.#enqueueRecheck(answer)
  }

  /** An answer about conferences may name participants that have changed. */
  #enqueueRecheck(answer: Answer): void {
    const conferences = this.#term ? conferencesIn(answer) : []
    if (conferences.length > 0) this.#term?.enqueueRecheck(conferences)
  }

  #onMessage(message: BuildMessage): void {
    const client = this.#client
    switch (message.kind) {
      case 'hello':
        return this.#ledLast ? this.#broadcastAll() : undefined
      case 'leading':
        this.#ledLast = false
        return
      case 'refresh':
        return this.#term?.refresh()
      case 'roster':
        return rosterOf(client).apply(message.update, 'tab')
      case 'callers':
        return callersOf(client).apply(message.callers, 'tab')
      case 'status':
        // A leader learns of rows that it has not read itself.
        if (this.#term) this.#term.lowerReadElsewhere(message.status.readSince || Date.now())
        else statusOf(client).apply(message.status, 'tab')
        return
      case 'conferences':
        applyConferences(client, message.conferences)
        return this.#term?.enqueueRecheck(message.conferences)
      case 'recordings':
        return applyPushedRecordings(client, message.recordings)
      case 'answer':
        applyAnswer(client, message)
        return this.#enqueueRecheck(message)
    }
  }
}
