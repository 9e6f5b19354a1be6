import { useQueryClient } from '@tanstack/react-query'
import { use, useMemo } from 'react'
import { Link } from 'react-router'
import { heldConferences } from '~/cache/queries/conference-list.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { useJoins } from '~/cache/roster/use-roster.ts'
import { earlierJoins, inOrder } from '~/derive/earlier-joins.ts'
import { statusWord } from '~/derive/status-words.ts'
import { conferenceLabel } from '~/domain/conference.ts'
import { shortId } from '~/domain/ids.ts'
import { changedAt, type Participant } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import { participantPath } from '~/paths.ts'
import { PanelContext } from '~/table/participants/row-actions.ts'
import { Moment } from '~/ui/Moment.tsx'
import { visibleText } from '~/util/visible-text.ts'
import { Fact } from './Fact.tsx'

/** The comings and goings of one call: each of its joins, to any conference, in order. One alone is not listed. */
export function CallJoins({ participant, call }: { participant: Participant; call: string }) {
  const joins = useJoins(call)
  const ordered = useMemo(() => inOrder(joins), [joins])
  if (joins.length < 2) return null
  return (
    <Fact name="joins">
      <ol aria-label="Joins of this call">
        {ordered.map((join) => (
          <li key={join.id} aria-current={join.id === participant.id || undefined}>
            <Join join={join} from={participant} />
          </li>
        ))}
      </ol>
    </Fact>
  )
}

/** Earlier calls from the same number in this conference, as known when the panel was opened. */
export function EarlierCalls({
  participant,
  number,
}: {
  participant: Participant
  number: string
}) {
  const client = useQueryClient()
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
            <Join join={join} from={participant} />
          </li>
        ))}
      </ul>
    </Fact>
  )
}

/** When it began, where unless it is here, and its state and since when, with a link unless it is the open one. */
function Join({ join, from }: { join: Participant; from: Participant }) {
  const panelOf = use(PanelContext)
  const { id, conferenceId, createdAt, status } = join
  const began = <Moment at={createdAt === null ? null : toMillis(createdAt)} />
  const isHere = conferenceId === from.conferenceId
  const changed = changedAt(join)
  return (
    <>
      {id === from.id || (conferenceId === null && !isHere) ? (
        began
      ) : (
        <Link
          to={isHere ? panelOf(id) : participantPath(conferenceId ?? '', id)}
          className="text-accent underline underline-offset-2"
        >
          {began}
        </Link>
      )}{' '}
      <span className="text-muted">
        {!isHere && <Where conferenceId={conferenceId} />}
        {visibleText(statusWord(status))}
        {changed !== createdAt && changed > 0 && (
          <>
            {' '}
            <Moment at={toMillis(changed)} />
          </>
        )}
      </span>
    </>
  )
}

/** The name of another conference, as far as it is known. */
function Where({ conferenceId }: { conferenceId: string | null }) {
  const client = useQueryClient()
  if (conferenceId === null) return 'in an unknown conference, '
  const conference = heldConferences(client).find(({ id }) => id === conferenceId)
  const label = conference ? conferenceLabel(conference) : shortId(conferenceId)
  return (
    <>
      in <bdi>{visibleText(label)}</bdi>,{' '}
    </>
  )
}
