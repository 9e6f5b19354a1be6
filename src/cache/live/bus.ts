import * as v from 'valibot'
import { ApiError, failureOf, type Failure } from '~/domain/api-error.ts'
import type { CallerFact } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import type { PollStatus } from '~/domain/poll-status.ts'
import type { Recording } from '~/domain/recording.ts'
import type { RosterUpdate } from '~/cache/roster/store.ts'
import { openChannel, type Channel } from '~/util/channel.ts'

/** Objects that are not looked into: tabs of one scope run one build. */
const trusted = <T extends object>() =>
  v.custom<T>((value) => typeof value === 'object' && value !== null)

/** An error loses its class between tabs, so a failure travels as plain data. */
type PlainStatus = Omit<PollStatus, 'failure'> & { readonly failure: Failure | null }

const BuildMessage = v.variant('kind', [
  /** A tab has joined: the tab that led last tells it everything. */
  v.object({ kind: v.literal('hello') }),
  v.object({ kind: v.literal('leading') }),
  /** The leader is asked to poll now. */
  v.object({ kind: v.literal('refresh') }),
  v.object({ kind: v.literal('roster'), update: trusted<RosterUpdate>() }),
  v.object({ kind: v.literal('callers'), callers: v.instance(Map<string, CallerFact>) }),
  v.object({
    kind: v.literal('status'),
    status: v.pipe(
      trusted<PlainStatus>(),
      v.transform(({ failure, ...status }): PollStatus => ({
        ...status,
        failure: failure && new ApiError(failure),
      })),
    ),
  }),
  /** The server has pushed these. */
  v.object({ kind: v.literal('conferences'), conferences: trusted<readonly Conference[]>() }),
  v.object({ kind: v.literal('recordings'), recordings: trusted<readonly Recording[]>() }),
  /** A query has read this. */
  v.object({
    kind: v.literal('answer'),
    key: v.array(v.string()),
    data: v.unknown(),
    updatedAt: v.number(),
  }),
])

/** What the tabs of one scope tell each other of what was read. */
export type BuildMessage = v.InferOutput<typeof BuildMessage>

/**
 * Joins the tabs of a scope, which holds the account and the build: a tab of another build keeps to itself. Null where
 * tabs cannot talk.
 */
export function openBuildBus(
  scope: string,
  onMessage: (message: BuildMessage) => void,
): Channel<BuildMessage> | null {
  const channel = openChannel(`rollcall.live.${scope}`, (data) => {
    const { success, output } = v.safeParse(BuildMessage, data)
    if (success) onMessage(output)
  })
  return channel && { ...channel, send: (message) => channel.send(withPlainFailure(message)) }
}

function withPlainFailure(message: BuildMessage): unknown {
  if (message.kind !== 'status') return message
  const { failure } = message.status
  return { ...message, status: { ...message.status, failure: failure && failureOf(failure) } }
}

const Presence = v.variant('kind', [
  /** Whether that tab, or any at all, works for the account. */
  v.object({ kind: v.literal('ask'), tab: v.nullable(v.string()) }),
  v.object({ kind: v.literal('here'), tab: v.string() }),
])

/** What the tabs of an account tell each other of its work, whatever their builds. */
export type AccountMessage =
  | v.InferOutput<typeof Presence>
  /** Actions and batches, each of which may be of another build. */
  | { readonly kind: 'activity'; readonly entries: readonly unknown[] }
  | { readonly kind: 'cleared' }

/**
 * Joins the tabs of an account of all builds, since what was confirmed in one may be sent by any other. Null where tabs
 * cannot talk.
 */
export function openAccountBus(
  account: string,
  onMessage: (message: AccountMessage) => void,
): Channel<AccountMessage> | null {
  const channel = openChannel(`rollcall.activity.${account}`, (data) => {
    const message = decoded(data)
    if (message) onMessage(message)
  })
  return channel && { ...channel, send: (message) => channel.send(encoded(message)) }
}

/** The activity is told as the builds before this one tell it, for a tab of theirs may be the one that sends. */
function encoded(message: AccountMessage): unknown {
  if (message.kind === 'activity') return message.entries
  return message.kind === 'cleared' ? 'cleared' : message
}

function decoded(data: unknown): AccountMessage | null {
  if (Array.isArray(data)) return { kind: 'activity', entries: data }
  if (data === 'cleared') return { kind: 'cleared' }
  const { success, output } = v.safeParse(Presence, data)
  return success ? output : null
}
