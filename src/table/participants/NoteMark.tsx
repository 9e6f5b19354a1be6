import { RotateCcw } from 'lucide-react'
import type { Annotation } from '~/derive/participant-rows.ts'
import { rejoinText, type Rejoin } from '~/derive/rejoins.ts'
import { IconNote } from '~/ui/IconNote.tsx'
import { useServerNowSelect } from '~/ui/now.ts'
import { localText } from '~/util/time-text.ts'

/** In a row: that the participant came back, or how it left. */
export function NoteMark({ note: { rejoin, departure } }: { note: Annotation }) {
  if (rejoin) return <RejoinMark rejoin={rejoin} />
  if (!departure) return null
  const { text, proof, at } = departure
  const known = proof && ` (${proof}${at === null ? '' : `, ${localText(at)}`})`
  return (
    <span className="line-clamp-2 text-xs/4 whitespace-normal text-muted" title={`${text}${known}`}>
      {text}
    </span>
  )
}

/** Loud: a participant that was removed is here again. The age ticks with the server's clock. */
function RejoinMark({ rejoin }: { rejoin: Rejoin }) {
  const text = useServerNowSelect((now) => rejoinText(rejoin, now))
  return (
    <IconNote
      icon={RotateCcw}
      title={`Came back: ${text}`}
      className="max-w-max min-w-7 grow-999 basis-7 rounded border border-danger px-1.5 font-semibold text-danger"
    >
      <span className="sr-only">came back, </span>
      <span className="truncate">{text}</span>
    </IconNote>
  )
}
