import { Ellipsis } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useAct } from '~/actions/act.ts'
import { useActivity } from '~/cache/activity/activity.ts'
import { conferenceTarget } from '~/derive/targets.ts'
import { latestBy } from '~/domain/action.ts'
import { reasonOf } from '~/domain/capability.ts'
import type { Conference } from '~/domain/conference.ts'
import { isRecordingNow } from '~/domain/recording.ts'
import { Button } from '~/ui/Button.tsx'
import { useCommands, type Command } from '~/ui/commands.ts'
import { DeliberateButton } from '~/ui/DeliberateButton.tsx'
import { ActionMenu } from '~/ui/lazy-action-menu.ts'
import { EndProgress } from './EndProgress.tsx'
import { RoomDialogs, type RoomQuestion } from './RoomDialogs.tsx'
import { useRecording, type NamedRecording } from './use-recording.ts'
import { useRoomVerdicts, type RoomVerdicts } from './use-room-verdicts.ts'

interface RoomControlsProps {
  readonly id: string
  /** Safe to show. */
  readonly label: string
  readonly conference: Conference | undefined
}

/** What can be done about a conference as a whole, by buttons, a menu and commands, and the progress of its end. */
export function RoomControls({ id, label, conference }: RoomControlsProps) {
  const [question, ask] = useState<RoomQuestion | null>(null)
  const [anchor, setAnchor] = useState<Element | null>(null)
  const { actions } = useActivity()
  const end = latestBy(actions.values(), ['end']).get(id)
  const named = useRecording(conference)
  const verdicts = useRoomVerdicts(id, conference, named)
  const recordCommand = useRecordCommand(conference, named, verdicts)
  const command = (kind: RoomQuestion, title: string): Command => ({
    id: `room-${kind}`,
    group: label,
    title,
    reason: reasonOf(verdicts[kind]),
    run: () => ask(kind),
  })
  const commands: readonly Command[] = [
    // The command menu runs its first one at Enter, so that one must only ask.
    command('edit', 'Edit…'),
    command('dial', 'Call a number into it…'),
    command('new-link', 'New dial-in link…'),
    { ...recordCommand, group: label },
    command('end', 'End conference…'),
  ]
  useCommands(() => commands)
  return (
    <>
      <div className="absolute top-1.5 right-4 flex gap-1.5">
        {/* In the menu on a narrow screen. */}
        <DeliberateButton
          className="max-md:hidden"
          disabledReason={recordCommand.reason}
          onClick={recordCommand.run}
        >
          {recordCommand.title}
        </DeliberateButton>
        <Button disabledReason={reasonOf(verdicts.end)} onClick={() => ask('end')}>
          End conference
        </Button>
        <Button
          aria-label="Room"
          title="Record, edit, call a number, replace the dial-in link, end"
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          className="px-1.5!"
          onClick={({ currentTarget }) => setAnchor(currentTarget)}
        >
          <Ellipsis />
        </Button>
      </div>
      <Suspense>
        {anchor && (
          <ActionMenu
            label={label}
            commands={commands}
            anchor={anchor}
            onClose={() => setAnchor(null)}
          />
        )}
      </Suspense>
      {end && <EndProgress end={end} conference={conference} />}
      {conference && (
        <RoomDialogs
          question={question}
          conference={conference}
          verdicts={verdicts}
          onClose={() => ask(null)}
        />
      )}
    </>
  )
}

/** Starts the recording, or stops the one that goes on. */
function useRecordCommand(
  conference: Conference | undefined,
  { recording }: NamedRecording,
  verdicts: RoomVerdicts,
): Omit<Command, 'group'> {
  const { submit } = useAct()
  const isOn = recording !== null && recording !== undefined && isRecordingNow(recording)
  return {
    id: 'room-record',
    title: isOn ? 'Stop recording' : 'Record',
    reason: reasonOf(verdicts[isOn ? 'stop-recording' : 'record']),
    run: () => {
      if (!conference) return
      const targets = [conferenceTarget(conference)]
      if (isOn) submit({ kind: 'stop-recording', targets, input: { recordingId: recording.id } })
      else submit({ kind: 'record', targets })
    },
  }
}
