import { statusWord } from '~/derive/status-words.ts'
import type { StatusChange } from '~/domain/merge.ts'
import { toMillis } from '~/domain/time.ts'
import { Moment } from '~/ui/Moment.tsx'
import { visibleText } from '~/util/visible-text.ts'

/** The states in which this page saw the participant, and when each began according to the server. */
export const Seen = ({ history }: { history: readonly StatusChange[] }) => (
  <ol aria-label="States seen" className="mt-2 flex flex-wrap gap-x-4 gap-y-0.5">
    {history.map(({ status, at }) => (
      <li key={`${status} ${at}`} className="text-muted">
        <span className="text-ink">{visibleText(statusWord(status))}</span>{' '}
        <Moment at={at === 0 ? null : toMillis(at)} />
      </li>
    ))}
  </ol>
)
