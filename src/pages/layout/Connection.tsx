import { RefreshCw } from 'lucide-react'
import { usePoll, useRoster } from '~/cache/poll.ts'
import { traceOf } from '~/derive/explain.ts'
import { freshness, type Freshness } from '~/derive/freshness.ts'
import { Button } from '~/ui/Button.tsx'
import { CopyButton } from '~/ui/CopyButton.tsx'
import { useNow } from '~/ui/now.ts'

const DOT: Readonly<Record<Freshness['kind'], string>> = {
  starting: 'border-muted',
  'catching-up': 'border-joining',
  polling: 'border-joined bg-joined',
  delayed: 'border-leaving border-dashed',
  offline: 'border-danger',
}

/** How far the screen can be trusted right now, always in sight. */
export function Connection() {
  const { refresh, ...poll } = usePoll()
  const { sweep } = useRoster()
  const { kind, text } = freshness({ ...poll, isComplete: sweep.isComplete, now: useNow() })
  const trace = poll.failure ? traceOf(poll.failure) : ''
  return (
    <div className="flex min-w-0 items-center gap-1">
      <output aria-label="Connection" className="flex min-w-0 items-center gap-2 text-muted">
        <span aria-hidden className={`size-2.5 shrink-0 rounded-full border-2 ${DOT[kind]}`} />
        <span className="truncate" title={`${text} ${trace}`}>
          {text} {trace && <span className="ml-1 font-mono text-xs">{trace}</span>}
        </span>
      </output>
      {trace && <CopyButton text={`${text} ${trace}`} what="what happened" />}
      <Button tone="quiet" aria-label="Refresh now" title="Refresh now" onClick={refresh}>
        <RefreshCw aria-hidden className="size-3.5" />
      </Button>
    </div>
  )
}
