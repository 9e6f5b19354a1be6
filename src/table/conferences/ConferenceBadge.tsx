import type { Conference } from '~/domain/conference.ts'
import { statusWord } from '~/derive/status-words.ts'
import { Badge, type BadgeTone } from '~/ui/Badge.tsx'
import { visibleText } from '~/util/visible-text.ts'

/** The states of voipbin-api.md 5.1; another is shown as it came. */
const TONES: Readonly<Record<string, BadgeTone>> = {
  starting: 'joining',
  progressing: 'joined',
  terminating: 'leaving',
  terminated: 'leaved',
}

/** The status of a conference. */
export function ConferenceBadge({ conference }: { conference: Conference }) {
  const { status, deletedAt } = conference
  return (
    <Badge tone={TONES[status] ?? 'plain'} title={`The server says: ${visibleText(status)}`}>
      {visibleText(statusWord(status))}
      {deletedAt !== null && ', deleted'}
    </Badge>
  )
}
