import { useCallers } from '~/cache/roster/callers.ts'
import { useRoster } from '~/cache/roster/use-roster.ts'
import { knownCaller } from '~/domain/call.ts'
import { conferenceLabel, type Conference } from '~/domain/conference.ts'
import { visibleText } from '~/util/visible-text.ts'
import { DialDialog } from './DialDialog.tsx'

interface DialInProps {
  readonly conference: Conference
  readonly onClose: () => void
}

/** Asks for a number to call into a conference, from the number that those in it have dialled. */
export function DialIn({ conference, onClose }: DialInProps) {
  const roster = useRoster()
  const callers = useCallers()
  let source = ''
  for (const id of roster.inConference(conference.id)) {
    const call = roster.get(id)?.participant.referenceId ?? ''
    source = knownCaller(callers.get(call))?.other ?? source
    if (source !== '') break
  }
  return (
    <DialDialog
      conferenceId={conference.id}
      conferenceLabel={visibleText(conferenceLabel(conference))}
      name=""
      number=""
      source={source}
      onClose={onClose}
    />
  )
}
