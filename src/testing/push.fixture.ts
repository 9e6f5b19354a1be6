import { afterEach, beforeEach, vi } from 'vitest'
import type { Call } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import { CUSTOMER, socketRig } from './socket.fixture.ts'
import type { Recording } from '~/domain/recording.ts'
import type { PushStatus } from '~/domain/poll-status.ts'
import { keepPush } from '~/cache/live/push.ts'
import { createQueryClient } from '~/cache/queries/query-client.ts'

/** Push over fake sockets, and all that it passed on, fresh for each spec of the file. */
export function pushRig() {
  const { sockets, last, living } = socketRig()
  const statuses: PushStatus[] = []
  const conferenceBatches: (readonly Conference[])[] = []
  const callBatches: (readonly Call[])[] = []
  const recordingBatches: (readonly Recording[])[] = []
  const onOpen = vi.fn<() => void>()
  let client = createQueryClient()
  let push: ReturnType<typeof keepPush> | undefined

  beforeEach(() => {
    client = createQueryClient()
  })

  afterEach(() => {
    push?.stop()
    onOpen.mockReset()
    for (const list of [statuses, conferenceBatches, callBatches, recordingBatches]) list.length = 0
  })

  return {
    sockets,
    last,
    living,
    statuses,
    conferenceBatches,
    callBatches,
    recordingBatches,
    onOpen,
    client: () => client,
    kinds: () => statuses.map(({ kind }) => kind),
    found: (news: Parameters<ReturnType<typeof keepPush>['found']>[0]) => push?.found(news),
    stop: () => push?.stop(),
    /** The server sends a frame, and it is delivered. */
    say: (frame: unknown): void => {
      last().say(frame)
      vi.advanceTimersByTime(50)
    },
    keep: (customerId: string | null = CUSTOMER): void => {
      push = keepPush({
        client,
        customerId,
        onPush: (next) => statuses.push(next),
        onConferences: (conferences) => conferenceBatches.push(conferences),
        onCalls: (calls) => callBatches.push(calls),
        onRecordings: (recordings) => recordingBatches.push(recordings),
        onOpen,
      })
    },
  }
}
