import { useQueryClient } from '@tanstack/react-query'
import { use, useMemo, type ReactNode } from 'react'
import { Link } from 'react-router'
import { usePollInterval } from '~/cache/live/poll.ts'
import { useQueryKeepingError } from '~/cache/queries/use-query-keeping-error.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { callQuery } from '~/cache/roster/callers.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { earlierJoins } from '~/derive/earlier-joins.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { statusWord } from '~/derive/status-words.ts'
import { changedAt, isGone, type Participant } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import { RowActionsContext } from '~/table/participants/columns.tsx'
import { CopyButton } from '~/ui/CopyButton.tsx'
import { Elapsed } from '~/ui/Elapsed.tsx'
import { Moment } from '~/ui/Moment.tsx'
import { durationText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'

/** The caller's side of the call, in the words of support. */
const DIRECTION: Readonly<Record<string, string>> = {
  incoming: 'called in',
  outgoing: 'was called',
}

/** What support asks first about a participant: the number, who called whom, how long, and whether it was here before. */
export function Person({ row }: { row: ParticipantRow }) {
  const { participant, caller } = row
  const number = caller?.number ?? ''
  const { referenceId, createdAt } = participant
  const call = useQueryKeepingError({
    ...callQuery(referenceId ?? '', usePollInterval()),
    enabled: referenceId !== null,
  }).data
  return (
    <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5">
      <Fact name="number">
        {number ? (
          <>
            <bdi className="wrap-anywhere">{visibleText(number)}</bdi>
            <CopyButton text={number} what="number" />
          </>
        ) : (
          'unknown'
        )}
      </Fact>
      {call && (
        <Fact name="call">
          {DIRECTION[call.direction] ?? visibleText(call.direction)},{' '}
          {visibleText(statusWord(call.status))}
        </Fact>
      )}
      {createdAt !== null && (
        <Fact name={isGone(participant) ? 'was here for' : 'here for'}>
          {isGone(participant) ? (
            durationText(toMillis(changedAt(participant) - createdAt))
          ) : (
            <Elapsed at={toMillis(createdAt)} />
          )}
        </Fact>
      )}
      <Earlier participant={participant} number={number} />
    </dl>
  )
}

/** Earlier joins to this conference, as known when the panel was opened. */
function Earlier({ participant, number }: { participant: Participant; number: string }) {
  const client = useQueryClient()
  const { panelOf } = use(RowActionsContext)
  const { id, conferenceId } = participant
  const joins = useMemo(() => {
    const roster = rosterOf(client)
    const all = [...roster.inConference(conferenceId ?? '')].flatMap(
      (one) => roster.get(one)?.participant ?? [],
    )
    const of = roster.get(id)?.participant
    return of ? earlierJoins(of, number, all, callersOf(client)) : []
  }, [client, id, conferenceId, number])
  if (joins.length === 0) return null
  return (
    <Fact name="earlier">
      <ul>
        {joins.map((join) => (
          <li key={join.id}>
            <Link to={panelOf(join.id)} className="text-accent underline underline-offset-2">
              <Moment at={join.createdAt === null ? null : toMillis(join.createdAt)} />
            </Link>{' '}
            <span className="text-muted">{visibleText(statusWord(join.status))}</span>
          </li>
        ))}
      </ul>
    </Fact>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="flex min-w-0 items-center gap-1">{children}</dd>
  </>
)
