import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { usePollInterval } from '~/cache/live/poll.ts'
import { recordingQuery } from '~/cache/queries/recordings.ts'
import { explain } from '~/derive/explain.ts'
import { recordingWord } from '~/derive/recording-text.ts'
import { shortId } from '~/domain/ids.ts'
import { isRecordingNow, overAt, type Recording } from '~/domain/recording.ts'
import { toMillis } from '~/domain/time.ts'
import { Badge } from '~/ui/Badge.tsx'
import { Button } from '~/ui/Button.tsx'
import { CopyButton } from '~/ui/CopyButton.tsx'
import { Elapsed } from '~/ui/Elapsed.tsx'
import { Moment } from '~/ui/Moment.tsx'
import { ScrollList } from '~/ui/ScrollList.tsx'
import { durationText } from '~/util/time-text.ts'

/** So many are read at once: each costs a request. */
const AT_ONCE = 10

interface RecordingsProps {
  /** In the order of the server, which adds the newest at the end. */
  readonly ids: readonly string[]
}

/** Recordings of a conference, newest first. */
export function Recordings({ ids }: RecordingsProps) {
  const [most, setMost] = useState(AT_ONCE)
  const interval = usePollInterval()
  const shown = ids.toReversed().slice(0, most)
  const found = useQueries({ queries: shown.map((id) => recordingQuery(id, interval)) })
  return (
    <div className="pb-1">
      <p className="text-muted">
        A recording cannot be fetched from here: the platform hands it out only to a link that
        carries your credential. Its id finds it in the platform’s own admin.
      </p>
      <ScrollList aria-label="Recordings" className="max-w-2xl">
        {shown.map((id, index) => (
          <Line
            key={id}
            id={id}
            recording={found[index]?.data}
            error={found[index]?.error ?? found[index]?.failureReason ?? null}
          />
        ))}
      </ScrollList>
      {ids.length > most && (
        <Button tone="quiet" onClick={() => setMost(most + AT_ONCE)}>
          Show {Math.min(AT_ONCE, ids.length - most)} more
        </Button>
      )}
    </div>
  )
}

interface LineProps {
  readonly id: string
  readonly recording: Recording | undefined
  readonly error: Error | null
}

function Line({ id, recording, error }: LineProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 border-b border-line px-2 last:border-b-0">
      {recording ? (
        <Facts recording={recording} />
      ) : (
        <span className="text-muted">{error ? `${explain(error).title}.` : 'Reading…'}</span>
      )}
      <span className="ml-auto inline-flex items-center gap-1">
        <code className="text-xs" title={id}>
          {shortId(id)}
        </code>
        <CopyButton text={id} what={`recording id ${shortId(id)}`} />
      </span>
    </li>
  )
}

function Facts({ recording }: { recording: Recording }) {
  const { startedAt } = recording
  const endedAt = overAt(recording)
  const isRunning = isRecordingNow(recording)
  return (
    <>
      <Badge tone={isRunning ? 'danger' : 'plain'}>{recordingWord(recording)}</Badge>
      <span>
        <span className="text-muted">started</span>{' '}
        <Moment at={startedAt === null ? null : toMillis(startedAt)} />
      </span>
      {startedAt !== null && (endedAt !== null || isRunning) && (
        <span>
          <span className="text-muted">length</span>{' '}
          {endedAt === null ? (
            <Elapsed at={toMillis(startedAt)} />
          ) : (
            durationText(toMillis(endedAt) - toMillis(startedAt))
          )}
        </span>
      )}
    </>
  )
}
