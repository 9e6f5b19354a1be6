import type { QueryClient } from '@tanstack/react-query'
import type { Call } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import { changedAt, type Participant } from '~/domain/participant.ts'
import type { PushStatus } from '~/domain/poll-status.ts'
import type { Recording } from '~/domain/recording.ts'
import { toMillis } from '~/domain/time.ts'
import type { PushEvent } from '~/wire/events.ts'
import { serverNow } from '~/clock.ts'
import { keepSocket, type SocketState } from '~/wire/socket.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { Announcements, ANNOUNCED_WITHIN } from './announcements.ts'

/** A change that was found sooner is judged so much later. Milliseconds. */
const JUDGED_AFTER = ANNOUNCED_WITHIN + 2000

/** A socket that keeps silent is opened anew at most so often. Milliseconds. */
const RESTART_EVERY = 60_000

const SILENT: PushStatus = {
  kind: 'silent',
  why: 'The server announces nothing, though things change.',
}

export interface PushOptions {
  readonly client: QueryClient
  /** Whose events are asked for; null for none. */
  readonly customerId: string | null
  readonly onPush: (push: PushStatus) => void
  /** Conferences that changed. */
  readonly onConferences: (conferences: readonly Conference[]) => void
  /** Calls that took a step, were answered or ended. */
  readonly onCalls: (calls: readonly Call[]) => void
  /** Recordings that began or ended. */
  readonly onRecordings: (recordings: readonly Recording[]) => void
  /** The socket is open (again): what happened before is lost (voipbin-api.md 9.6). */
  readonly onOpen: () => void
}

/** Applies what the server pushes. It is a hint when to poll sooner; the poll remains the source of truth. */
export function keepPush(options: PushOptions) {
  const { customerId, onPush, onOpen } = options
  const pushOf = pushByState()
  const announcements = new Announcements()
  let isSilent = false
  let restartedAt = -Infinity
  const judgements = new Set<ReturnType<typeof setTimeout>>()
  const socket = keepSocket({
    customerId,
    onState(state) {
      announcements.setOpen(state.kind === 'open')
      const push = pushOf(state)
      if (state.kind !== 'open') return onPush(push)
      // A socket after a silent one is not relied on before its first frame.
      onPush(isSilent ? SILENT : push)
      onOpen()
    },
    onEvents(events) {
      if (isSilent) onPush({ kind: 'open' })
      isSilent = false
      announcements.note(events.map(conferenceOf))
      apply(events, options)
    },
  })

  function fallSilent(): void {
    isSilent = true
    onPush(SILENT)
    if (performance.now() - restartedAt < RESTART_EVERY) return
    restartedAt = performance.now()
    socket.restart()
  }

  return {
    /** Takes what the poll found: if push works, it has announced these. */
    found(news: readonly Participant[]): void {
      const announced = news.filter(isAnnounced)
      if (announced.some(announcements.lacks)) return fallSilent()
      const young = announced.filter(
        (one) => serverNow() - toMillis(changedAt(one)) <= ANNOUNCED_WITHIN,
      )
      if (young.length === 0) return
      const judgement = setTimeout(() => {
        judgements.delete(judgement)
        if (young.some(announcements.lacks)) fallSilent()
      }, JUDGED_AFTER)
      judgements.add(judgement)
    },
    stop(): void {
      for (const judgement of judgements) clearTimeout(judgement)
      socket.stop()
    },
  }
}

/** The conference that an event is about, if it is about one. */
function conferenceOf(event: PushEvent): string | null {
  if (event.kind === 'conference') return event.record.id
  return event.kind === 'participant' ? event.record.conferenceId : null
}

function apply(
  events: readonly PushEvent[],
  { client, onConferences, onCalls, onRecordings }: PushOptions,
): void {
  const conferences = events.flatMap((one) => (one.kind === 'conference' ? [one.record] : []))
  const participants = events.flatMap((one) => (one.kind === 'participant' ? [one.record] : []))
  const calls = events.flatMap((one) => (one.kind === 'call' ? [one.record] : []))
  const recordings = events.flatMap((one) => (one.kind === 'recording' ? [one.record] : []))
  if (calls.length > 0) callersOf(client).applyCalls(calls)
  if (participants.length > 0) rosterOf(client).apply({ facts: participants })
  if (conferences.length > 0) onConferences(conferences)
  if (recordings.length > 0) onRecordings(recordings)
  // Last: a participant that a conference names is not looked for by its call.
  if (calls.length > 0) onCalls(calls)
}

/** No conference announces other changes (voipbin-api.md 9.4). */
const isAnnounced = ({ status }: Participant): boolean => status === 'joined' || status === 'leaved'

/** The status of push by the states of its socket. A try keeps the reason why the last one failed. */
function pushByState(): (state: SocketState) => PushStatus {
  let why: string | undefined
  return (state) => {
    if (state.kind === 'connecting')
      return { kind: 'connecting', ...(why !== undefined && { why }) }
    why = state.kind === 'open' ? undefined : state.why
    return state.kind === 'open' ? { kind: 'open' } : { kind: state.kind, why: state.why }
  }
}
