import { useEffect, useState } from 'react'
import { useAct } from '~/actions/act.ts'
import type { BatchView } from '~/derive/batches.ts'
import { durationText } from '~/util/time-text.ts'

/** Between two postponements of a batch whose countdown stands still. Milliseconds. */
const STEP = 250

/** A countdown that goes on leaves at least this time to leave the card. Milliseconds. */
const LEAST = 1000

/**
 * The countdown to the start of a batch. It stands still while the focus or a moving pointer is on the card: `watch`
 * belongs on it. The start is postponed step by step, so that a page that closes meanwhile leaves a batch that starts.
 *
 * @param now milliseconds on the server's clock
 */
export function useCountdown({ batch: { id, startsAt }, phase }: BatchView, now: number) {
  const { postpone } = useAct()
  /** Milliseconds left when the countdown was stopped; null while it runs. */
  const [left, setLeft] = useState<number | null>(null)
  const stop = () => setLeft((before) => before ?? Math.max(startsAt - now, LEAST))
  const go = () => setLeft(null)
  // Time passes outside React.
  useEffect(() => {
    if (left === null || phase !== 'grace') return
    const timer = setInterval(() => postpone(id, left), STEP)
    return () => clearInterval(timer)
  }, [id, left, phase, postpone])
  const seconds = durationText((left ?? startsAt - now) + 999)
  return {
    text: left === null ? `Sending in ${seconds}` : `Waiting for you: ${seconds} left to undo`,
    // A card that appears under a resting pointer is not pointed at: only a pointer that moves counts.
    watch: { onPointerMove: stop, onPointerLeave: go, onFocus: stop, onBlur: go },
  }
}
