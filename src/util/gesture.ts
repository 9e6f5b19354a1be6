/** Presses that follow one another faster are one gesture, such as a double click, on most systems. Milliseconds. */
export const GESTURE_PAUSE = 500

/** The pointer (mouse, pen, finger), or a key by its name. */
type Pressed = 'pointer' | { readonly key: string }

/**
 * Tracks presses, so that one gesture cannot both open a question and answer it. A gesture is a series of presses of
 * the same key or of the pointer: the repeats of a held key, and presses within `GESTURE_PAUSE` of one another. All
 * times are in milliseconds of one clock that never goes back, such as `event.timeStamp`.
 */
export class Gesture {
  #pressed: string | null = null
  #beganAt = -Infinity
  #lastAt = -Infinity

  /** Records a press. `isRepeat`: by a key that is held. */
  press(pressed: Pressed, at: number, isRepeat = false): void {
    const name = pressed === 'pointer' ? pressed : `key ${pressed.key}`
    const isSame = name === this.#pressed && at - this.#lastAt < GESTURE_PAUSE
    if (!isSame && !isRepeat) this.#beganAt = at
    this.#pressed = name
    this.#lastAt = at
  }

  /** Whether the gesture of the last press began before that moment. */
  isOlderThan(at: number): boolean {
    return this.#beganAt <= at
  }

  /**
   * Whether a click is meant for a control that has been shown since `shownAt`. The control may appear under a resting
   * pointer, so the gesture of a pointer must begin `GESTURE_PAUSE` later. A key reaches the control only after the
   * focus has moved there, so the gesture of a key must only be a new one. A click without a press comes from assistive
   * technology.
   *
   * @param clicks `event.detail`: the browser's count of clicks in a row; 0 for a click that is not by a pointer
   */
  isMeant(shownAt: number, clicks: number, at: number): boolean {
    const isArmed = at - shownAt >= GESTURE_PAUSE
    if (clicks > 0) {
      const isPointer = this.#pressed === 'pointer'
      return clicks === 1 && isPointer && this.#beganAt - shownAt >= GESTURE_PAUSE
    }
    const isPressed = at - this.#lastAt < GESTURE_PAUSE
    return !this.isOlderThan(shownAt) || (isArmed && !isPressed)
  }
}

/**
 * Tracks whether the pointer moved to a control, or the control slid under the pointer, as it does when something above
 * it shrinks. Times are as in `Gesture`.
 */
export class Aim {
  #slidAt = -Infinity

  /** The control is under the pointer from now on. If the pointer moved there, `move` is called right after this. */
  over(at: number): void {
    this.#slidAt = at
  }

  /** The pointer has moved over the control. */
  move(): void {
    this.#slidAt = -Infinity
  }

  /** Whether a click of the pointer can be meant for the control. */
  isAt(at: number): boolean {
    return at - this.#slidAt >= GESTURE_PAUSE
  }
}
