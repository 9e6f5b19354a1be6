import { useMemo } from 'react'
import { usePollInterval } from '~/cache/live/poll.ts'
import { useQueryKeepingError } from '~/cache/queries/use-query-keeping-error.ts'
import { callQuery } from '~/cache/roster/callers.ts'
import { useContactNames } from '~/cache/roster/contacts.ts'
import { useConfig } from '~/use-config.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { statusWord } from '~/derive/status-words.ts'
import { callerOf, callStatusOf, type Caller } from '~/domain/call.ts'
import { changedAt, isGone } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import { CopyButton } from '~/ui/CopyButton.tsx'
import { Elapsed } from '~/ui/Elapsed.tsx'
import { durationText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import { Fact } from './Fact.tsx'
import { CallJoins, EarlierCalls } from './Joins.tsx'
import { PhoneNumber } from './PhoneNumber.tsx'

/** The caller's side of the call, in the words of support. */
const DIRECTION: Readonly<Record<string, string>> = {
  incoming: 'called in',
  outgoing: 'was called',
}

/** What the number at our end is to a call of a direction. */
const OTHER: Readonly<Record<string, string>> = { incoming: 'dialled', outgoing: 'called from' }

/** The first facts about a participant: number, direction, length of stay, and earlier joins. */
export function Person({ row }: { row: ParticipantRow }) {
  const { participant } = row
  const { referenceId, createdAt } = participant
  const call = useQueryKeepingError({
    ...callQuery(referenceId ?? '', usePollInterval()),
    enabled: referenceId !== null,
  }).data
  const calls = useMemo(() => (referenceId === null ? [] : [referenceId]), [referenceId])
  useContactNames(calls, useConfig().contactLookup, 'panel')
  // The record is newer; the caller has what the contacts say, and is known while the record is not.
  const caller = call ? { ...row.caller, ...callerOf(call) } : row.caller
  const number = caller?.number ?? ''
  return (
    <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5">
      <Fact name="number">
        {number ? (
          <>
            <PhoneNumber number={number} />
            <CopyButton text={number} what="number" />
          </>
        ) : (
          'unknown'
        )}
      </Fact>
      {caller?.contact && !caller.name && (
        <Fact name="contact">
          <bdi className="wrap-anywhere">{visibleText(caller.contact)}</bdi>
        </Fact>
      )}
      {referenceId !== null && <CallParts caller={caller} />}
      {createdAt !== null && (
        <Fact name={isGone(participant) ? 'was here for' : 'here for'}>
          {isGone(participant) ? (
            durationText(toMillis(changedAt(participant) - createdAt))
          ) : (
            <Elapsed at={toMillis(createdAt)} />
          )}
        </Fact>
      )}
      {referenceId !== null && <CallJoins participant={participant} call={referenceId} />}
      <EarlierCalls participant={participant} number={number} />
    </dl>
  )
}

/** The direction and the status of the call, as far as they are known. */
function CallParts({ caller }: { caller: Caller | undefined }) {
  const { direction = '', other = '' } = caller ?? {}
  const status = caller && callStatusOf(caller)
  const words = DIRECTION[direction] ?? visibleText(direction)
  return (
    <>
      <Fact name="call">
        {words || status
          ? [
              words || 'direction unknown',
              status ? visibleText(statusWord(status)) : 'state unknown',
            ].join(', ')
          : 'unknown'}
      </Fact>
      <Fact name={OTHER[direction] ?? 'other party'}>
        {other ? <PhoneNumber number={other} /> : 'unknown'}
      </Fact>
    </>
  )
}
