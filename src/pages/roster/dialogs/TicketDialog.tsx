import { use, useState } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { usePoll, useReach } from '~/cache/live/poll.ts'
import { activityRow } from '~/derive/activity-rows.ts'
import { freshness } from '~/derive/freshness.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { ticketOf, type TicketFormat } from '~/derive/ticket.ts'
import { utcText } from '~/util/time-text.ts'
import { RowActionsContext } from '~/table/participants/row-actions.ts'
import { Button } from '~/ui/Button.tsx'
import { copyText } from '~/ui/copy.ts'
import { Dialog } from '~/ui/Dialog.tsx'
import { useClockOffset } from '~/ui/now.ts'
import { useOutcomes } from '~/pages/use-outcomes.ts'
import { participantLink } from '../row-commands.ts'

interface TicketDialogProps {
  readonly rows: readonly ParticipantRow[]
  /** How many there are, those included that are not listed. */
  readonly total: number
  readonly onClose: () => void
}

const FORMATS: ReadonlyArray<readonly [TicketFormat, string]> = [
  ['text', 'Plain text'],
  ['markdown', 'Markdown'],
]

/** The text for a ticket about participants as they were when it was opened, to be looked at and copied. */
export function TicketDialog({ rows, total, onClose }: TicketDialogProps) {
  const [format, setFormat] = useState<TicketFormat>('text')
  const [isMasked, setMasked] = useState(false)
  const { conferenceOf } = use(RowActionsContext)
  const doneAbout = useDone()
  const as = useAsOf()
  const about = { format, isMasked, total, ...as, conferenceOf, doneAbout, linkOf: participantLink }
  const text = ticketOf(rows, about)
  const what = total === 1 ? (rows[0]?.label ?? '') : `${total} participants`
  return (
    <Dialog title={`Copy for ticket: ${what}`} onClose={onClose} isWide>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <fieldset className="flex gap-4">
          <legend className="sr-only">Format</legend>
          {FORMATS.map(([value, label]) => (
            <label key={value} className="flex min-h-7 items-center gap-1.5">
              <input
                type="radio"
                name="format"
                checked={format === value}
                onChange={() => setFormat(value)}
              />
              {label}
            </label>
          ))}
        </fieldset>
        <label className="flex min-h-7 items-center gap-1.5">
          <input
            type="checkbox"
            checked={isMasked}
            onChange={({ target }) => setMasked(target.checked)}
          />
          Mask names and numbers
        </label>
      </div>
      <textarea
        readOnly
        aria-label="Ticket text"
        rows={14}
        value={text}
        className="w-full rounded border border-edge bg-raised p-2 font-mono text-xs"
      />
      {total > rows.length && (
        <p className="text-leaving">
          Only the first {rows.length} are listed. Export a file to have all {total}.
        </p>
      )}
      <form method="dialog" className="flex justify-end gap-2">
        <Button type="submit">Close</Button>
        <Button
          data-first
          type="submit"
          tone="primary"
          onClick={() => void copyText(text, 'Ticket text')}
        >
          Copy
        </Button>
      </form>
    </Dialog>
  )
}

/** When the dialog was opened, and how old the data was then: the text must not change while it is read. */
function useAsOf() {
  const poll = usePoll()
  const { isWhole } = useReach()
  const offset = useClockOffset()
  const [as] = useState(() => {
    const now = Date.now()
    const { text } = freshness({ ...poll, isWhole, now })
    return { now: now + offset, freshness: text }
  })
  return as
}

/** What was done from here about a participant, each with its result and trace. */
function useDone(): (id: string) => readonly string[] {
  const { actions } = useActivity()
  const { of } = useOutcomes()
  return (id) =>
    [...actions.values()]
      .filter(({ target }) => target.id === id)
      .map((action) => {
        const { what, by, resultText, details } = activityRow(action, of(action))
        const trace = action.trace && `, ${action.trace}`
        return `${what} by ${by} at ${utcText(action.requestedAt)} UTC: ${resultText}${trace}${details && ` (${details})`}`
      })
}
