import { useMemo } from 'react'
import { useCallers } from '~/cache/roster/callers.ts'
import { useParticipants } from '~/cache/roster/use-roster.ts'
import { participantLabel } from '~/domain/call.ts'
import type { Participant } from '~/domain/participant.ts'
import { visibleText } from '~/util/visible-text.ts'

/** All known participants that are or were in a conference, and their labels. */
export interface People {
  readonly people: readonly Participant[]
  readonly labelOf: (participant: Participant) => string
}

const NOBODY: readonly Participant[] = []

/** The participants of a conference, for use outside of their table; it requests no caller. */
export function usePeople(conferenceId: string): People {
  const ids = useMemo(() => [conferenceId], [conferenceId])
  const people = useParticipants(ids).get(conferenceId) ?? NOBODY
  const callers = useCallers()
  return {
    people,
    labelOf: (one) => visibleText(participantLabel(one, callers.get(one.referenceId ?? ''))),
  }
}
