import { useEffect, useState, type PointerEvent, type UIEvent } from 'react'
import { Aim, Gesture, GESTURE_PAUSE } from '~/util/gesture.ts'

const gesture = new Gesture()

// On the window, in the capture phase: every press is recorded, whatever handles it.
addEventListener('pointerdown', ({ timeStamp }) => gesture.press('pointer', timeStamp), true)
addEventListener(
  'keydown',
  ({ key, timeStamp, repeat }) => gesture.press({ key }, timeStamp, repeat),
  true,
)

/**
 * Tells a gesture meant for an irreversible control from one that began before the control was shown. For a control that
 * is on the screen from the first render of its component.
 */
export function useDeliberate() {
  const [shownAt] = useState(() => performance.now())
  const [isArmed, setArmed] = useState(false)
  // Time passes outside of React.
  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), GESTURE_PAUSE)
    return () => clearTimeout(timer)
  }, [])
  return {
    /**
     * False for the moment in which no click of a pointer can be meant. It sets `aria-disabled` and no style: the moment
     * is too short to read a reason, and a flash would draw the eye.
     */
    isArmed,
    /** Whether a click is meant; any other must do nothing. */
    isMeant: ({ detail, timeStamp }: UIEvent): boolean =>
      gesture.isMeant(shownAt, detail, timeStamp),
    /** Whether a press of a key still belongs to the gesture that brought it on the screen. */
    isLeftOver: (): boolean => gesture.isOlderThan(shownAt),
  }
}

/**
 * Tells a click at a control from one that hits it because it has just slid under a pointer at rest. `watch` belongs on
 * the control.
 */
export function useAim() {
  const [aim] = useState(() => new Aim())
  return {
    /** A click without a pointer (`detail` 0) has no place. */
    isAimed: ({ detail, timeStamp }: UIEvent): boolean => detail === 0 || aim.isAt(timeStamp),
    watch: {
      onPointerOver: ({ currentTarget, relatedTarget, timeStamp }: PointerEvent) => {
        // From one part of the control to another.
        const isInside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
        if (!isInside) aim.over(timeStamp)
      },
      onPointerMove: () => aim.move(),
      // A finger has no other way to aim.
      onPointerDown: ({ pointerType }: PointerEvent) => {
        if (pointerType !== 'mouse') aim.move()
      },
    },
  }
}
