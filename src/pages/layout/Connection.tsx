import { useQueryClient } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { usePoll, useReach } from '~/cache/live/poll.ts'
import { countChanges, type ChangeCounter } from '~/cache/roster/change-counter.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { traceOf } from '~/derive/explain.ts'
import { clockText, freshness, refreshText, type Freshness } from '~/derive/freshness.ts'
import { Button } from '~/ui/Button.tsx'
import { CopyButton } from '~/ui/CopyButton.tsx'
import { useClockOffset, useNow } from '~/ui/now.ts'

const DOT: Readonly<Record<Freshness['kind'], string>> = {
  starting: 'border-muted',
  'catching-up': 'border-joining',
  live: 'border-joined bg-joined',
  polling: 'border-joined bg-joined',
  delayed: 'border-leaving border-dashed',
  'signed-out': 'border-danger border-dashed',
  offline: 'border-danger',
}

/** How fresh the screen is; always in sight. */
export function Connection() {
  const poll = usePoll()
  const { isWhole, isPaused } = useReach()
  const { kind, text, ticking } = freshness({
    ...poll,
    isWhole: isWhole || isPaused,
    now: useNow(),
  })
  const clock = clockText(useClockOffset())
  const trace = poll.failure ? traceOf(poll.failure) : ''
  const said = [text, clock].filter(Boolean).join(' ')
  const [before, ...after] = ticking ? said.split(ticking) : [said]
  return (
    <div className="flex min-w-0 items-center gap-1">
      <output aria-label="Connection" className="flex min-w-0 items-center gap-2 text-muted">
        <span
          aria-hidden
          className={`size-2.5 shrink-0 rounded-full border-2 forced-color-adjust-none ${DOT[kind]}`}
        />
        <span className="truncate" title={`${said} ${trace}`}>
          {before}
          {/* The ticking part is not announced each second. */}
          {ticking && <span aria-live="off">{ticking}</span>}
          {after.join(ticking)} {trace && <span className="ml-1 font-mono text-xs">{trace}</span>}
        </span>
      </output>
      {trace && <CopyButton text={`${said} ${trace}`} what="what happened" />}
      <Refresh />
    </div>
  )
}

/** Polls now, and says how many participants changed. */
function Refresh() {
  const { refresh, updatedAt } = usePoll()
  const roster = rosterOf(useQueryClient())
  const [asked, setAsked] = useState<{
    readonly changes: ChangeCounter
    readonly at: number
  } | null>(null)
  const [done, setDone] = useState('')
  if (asked && updatedAt > asked.at) {
    asked.changes.stop()
    setDone(refreshText(asked.changes.count()))
    setAsked(null)
  }
  return (
    <>
      <span role="status" className="whitespace-nowrap text-muted">
        {done}
      </span>
      <Button
        tone="quiet"
        aria-label="Refresh now"
        title="Refresh now"
        onClick={() => {
          setDone('')
          asked?.changes.stop()
          setAsked({ changes: countChanges(roster), at: updatedAt })
          refresh()
        }}
        onBlur={() => setDone('')}
      >
        <RefreshCw className="size-3.5" />
      </Button>
    </>
  )
}
