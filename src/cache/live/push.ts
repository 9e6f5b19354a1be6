import type { QueryClient } from '@tanstack/react-query'
import type { Call } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import { changedAt, type Participant } from '~/domain/participant.ts'
import type { PushStatus } from '~/domain/poll-status.ts'
import { toMillis } from '~/domain/time.ts'
import type { PushEvent } from '~/wire/events.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { keepSocket, type SocketState } from '~/wire/socket.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { rosterOf } from '~/cache/roster/store.ts'

/** A change that old should have been announced by now. Milliseconds. */
const SURELY_TOLD = 5000

/** A change that was found sooner is judged so much later. Milliseconds. */
const JUDGED_AFTER = SURELY_TOLD + 2000

/** How far the server's clock may be off by our estimate. Milliseconds. */
const CLOCK_SLACK = 2000

/** What the poll finds is hardly ever older: so long it matters what was heard. Milliseconds. */
const HEARD_FOR = 3600_000

/** A socket that keeps silent is opened anew at most so often. Milliseconds. */
const RESTART_EVERY = 60_000

const SILENT: PushStatus = {
  kind: 'silent',
  why: 'The server announces nothing, though things change.',
}

interface PushOptions {
  readonly client: QueryClient
  readonly customerId: string | null
  readonly onPush: (push: PushStatus) => void
  /** Conferences that changed. */
  readonly onConferences: (conferences: readonly Conference[]) => void
  /** Calls that took a step, were answered or ended. */
  readonly onCalls: (calls: readonly Call[]) => void
  /** The socket is open (again): what happened before is lost (voipbin-api.md 9.6). */
  readonly onOpen: () => void
}

/** Push, for as long as this tab leads. */
export interface KeptPush {
  /** The poll found these: had push worked, it had announced some of them. */
  readonly found: (news: readonly Participant[]) => void
  readonly stop: () => void
}

/** Listens to what the server pushes. A hint when to look sooner; the poll remains the source of truth. */
export function keepPush({
  client,
  customerId,
  onPush,
  onConferences,
  onCalls,
  onOpen,
}: PushOptions): KeptPush {
  let openSince = Infinity
  let isSilent = false
  let restartedAt = -Infinity
  const heardAt = new Map<string, number>()
  const judgements = new Set<ReturnType<typeof setTimeout>>()
  const socket = keepSocket({
    customerId,
    onState(state) {
      // By the server's clock, as the times of what changes.
      openSince = state.kind === 'open' ? serverNow() : Infinity
      if (state.kind !== 'open') return onPush(pushOf(state))
      // What kept silent before has to prove itself by a word.
      onPush(isSilent ? SILENT : { kind: 'open' })
      onOpen()
    },
    onEvents(events) {
      if (isSilent) onPush({ kind: 'open' })
      isSilent = false
      hear(events)
    },
  })

  function hear(events: readonly PushEvent[]): void {
    const conferences: Conference[] = []
    const participants: Participant[] = []
    const calls: Call[] = []
    for (const event of events) {
      if (event.kind === 'conference') conferences.push(event.record)
      else if (event.kind === 'participant') participants.push(event.record)
      else if (event.kind === 'call') calls.push(event.record)
    }
    for (const [id, at] of heardAt) if (serverNow() - at > HEARD_FOR) heardAt.delete(id)
    for (const { id } of conferences) heardAt.set(id, serverNow())
    for (const { conferenceId } of participants) {
      if (conferenceId !== null) heardAt.set(conferenceId, serverNow())
    }
    if (calls.length > 0) callersOf(client).applyCalls(calls)
    if (participants.length > 0) rosterOf(client).apply({ facts: participants })
    if (conferences.length > 0) onConferences(conferences)
    // Last: what conferences tell needs no look for a call.
    if (calls.length > 0) onCalls(calls)
  }

  /** A half-open socket looks healthy (voipbin-api.md 9.6): it is told by what it did not tell. */
  function wasNotTold(participant: Participant): boolean {
    const { conferenceId } = participant
    const at = toMillis(changedAt(participant))
    return (
      serverNow() - at > SURELY_TOLD &&
      at - openSince > CLOCK_SLACK &&
      (heardAt.get(conferenceId ?? '') ?? 0) < at - CLOCK_SLACK
    )
  }

  function fallSilent(): void {
    isSilent = true
    onPush(SILENT)
    if (performance.now() - restartedAt < RESTART_EVERY) return
    restartedAt = performance.now()
    socket.restart()
  }

  return {
    found(news) {
      const announced = news.filter(isAnnounced)
      if (announced.some(wasNotTold)) return fallSilent()
      const young = announced.filter((one) => serverNow() - toMillis(changedAt(one)) <= SURELY_TOLD)
      if (young.length === 0) return
      const judgement = setTimeout(() => {
        judgements.delete(judgement)
        if (young.some(wasNotTold)) fallSilent()
      }, JUDGED_AFTER)
      judgements.add(judgement)
    },
    stop() {
      for (const judgement of judgements) clearTimeout(judgement)
      socket.stop()
    },
  }
}

/** Of other changes no conference tells (voipbin-api.md 9.4). */
const isAnnounced = ({ status }: Participant): boolean => status === 'joined' || status === 'leaved'

const pushOf = (state: Exclude<SocketState, { kind: 'open' }>): PushStatus =>
  state.kind === 'connecting' ? { kind: 'connecting' } : { kind: state.kind, why: state.why }
