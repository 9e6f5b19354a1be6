import type { QueryClient } from '@tanstack/react-query'
import * as v from 'valibot'
import type { CallerFact } from '~/domain/call.ts'
import { openChannel } from '~/util/channel.ts'
import { callersOf, type CallersChange } from '~/cache/roster/caller-store.ts'
import type { ConferenceList } from '~/cache/queries/conference-reading.ts'
import { keys } from '~/cache/queries/keys.ts'

/** Whose answers are whole, so that the newest stands for all before it. First words of keys. */
const SHARED: ReadonlySet<unknown> = new Set(['conferences', 'conference', 'participant', 'call'])

/** What is in the data is trusted: tabs of one scope run one build. */
const Message = v.variant('kind', [
  v.object({
    kind: v.literal('answer'),
    key: v.array(v.string()),
    data: v.unknown(),
    updatedAt: v.number(),
  }),
  v.object({
    kind: v.literal('callers'),
    callers: v.map(
      v.string(),
      v.custom<CallerFact>(() => true),
    ),
  }),
  v.object({ kind: v.literal('new here') }),
])

type Message = v.InferOutput<typeof Message>

/** Whether it is a list of conferences of which further pages are still to be read. */
function isPartial([name]: readonly unknown[], data: unknown): boolean {
  if (name !== keys.conferences[0]) return false
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- tabs of one scope run one build
  return (data as ConferenceList | undefined)?.isWhole !== true
}

/**
 * What one tab is answered, all tabs know. An answer starts the `refetchInterval` of its observers anew, in every
 * tab, so the tab with the shortest asks and the others never come to it. Tabs with the same interval would go on
 * asking side by side: theirs must differ, by more than an answer takes.
 *
 * An answer goes to the query a tab has, and makes none. Callers are added up, and a new tab is told all of them.
 * Failures are not shared.
 *
 * @param scope keeps apart what must not mix: installations, accounts, and builds with other shapes of data
 * @returns stops
 */
export function shareQueries(client: QueryClient, scope: string): () => void {
  const channel = openChannel(`rollcall.queries.${scope}`, (data) => {
    const { success, output } = v.safeParse(Message, data)
    if (success) hear(output)
  })
  if (!channel) return () => {}
  const tell = (message: Message) => channel.send(message)

  const cache = client.getQueryCache()
  const callers = callersOf(client)
  const tellCallers = (some: Iterable<readonly [string, CallerFact]>) => {
    const told = new Map(some)
    if (told.size > 0) tell({ kind: 'callers', callers: told })
  }
  const onCallers = ({ callers: changed, origin }: CallersChange) => {
    if (origin === 'tab') return
    tellCallers(
      [...changed].flatMap(([id, fact]) => (fact === undefined ? [] : [[id, fact] as const])),
    )
  }

  function hear(message: Message): void {
    switch (message.kind) {
      case 'new here':
        return tellCallers(callers.entries())
      case 'callers':
        return callers.apply(message.callers, 'tab')
      case 'answer': {
        const { key, data, updatedAt } = message
        const query = cache.find({ queryKey: key, exact: true })
        if (!query || query.state.dataUpdatedAt >= updatedAt) return
        // A tab that has just begun to read the list has less of it.
        if (isPartial(key, data) && !isPartial(key, query.state.data)) return
        client.setQueryData(key, data, { updatedAt })
      }
    }
  }

  const stopHearing = callers.subscribe(onCallers)
  const stop = cache.subscribe((event) => {
    const { queryKey, state } = event.query
    if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual) return
    if (SHARED.has(queryKey[0])) {
      tell({ kind: 'answer', key: queryKey, data: state.data, updatedAt: state.dataUpdatedAt })
    }
  })
  tell({ kind: 'new here' })
  tellCallers(callers.entries())
  return () => {
    stop()
    stopHearing()
    channel.close()
  }
}
