/**
 * Presses that follow one another faster than this are one gesture, as a double click is; the setting of most
 * systems. Milliseconds.
 */
export const GESTURE_PAUSE = 500

/** What is pressed: the pointer (mouse, pen, finger), or a key by its name. */
type Pressed = 'pointer' | { readonly key: string }

/**
 * Follows what is pressed, so that one gesture cannot both bring something on the screen and answer it. A gesture is
 * a chain of presses of the same thing: repetitions of a held key, and what follows within `GESTURE_PAUSE`. All times
 * are milliseconds on one clock that never goes back, such as `event.timeStamp`.
 */
export class Gesture {
  #pressed: string | null = null
  #beganAt = -Infinity
  #lastAt = -Infinity

  /**
   * Notes a press.
   *
   * @param isRepeat it comes from a key that is still held
   */
  press(pressed: Pressed, at: number, isRepeat = false): void {
    const name = pressed === 'pointer' ? pressed : `key ${pressed.key}`
    const isSame = name === this.#pressed && at - this.#lastAt < GESTURE_PAUSE
    if (!isSame && !isRepeat) this.#beganAt = at
    this.#pressed = name
    this.#lastAt = at
  }

  /** Whether the last press belongs to a gesture that began before that moment. */
  isOlderThan(at: number): boolean {
    return this.#beganAt <= at
  }

  /**
   * Whether a click is meant for what has been on the screen since `shownAt`. A pointer may rest where a button comes
   * up, so its gesture has to begin `GESTURE_PAUSE` later; a key reaches a button only after the focus was moved
   * there, so its gesture has to be a new one. A click without any press comes from assistive technology.
   *
   * @param clicks `event.detail`: how many clicks in a row the browser counts; 0 when no pointer made it
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
 * Follows whether the pointer came to a control, or the control slid under the pointer, as when what is above it
 * shrinks. Times as for `Gesture`.
 */
export class Aim {
  #slidAt = -Infinity

  /** The control is under the pointer from now on; a pointer that came to it tells of its move right after this. */
  over(at: number): void {
    this.#slidAt = at
  }

  /** The pointer moved over the control. */
  move(): void {
    this.#slidAt = -Infinity
  }

  /** Whether a click of the pointer can be meant for the control. */
  isAt(at: number): boolean {
    return at - this.#slidAt >= GESTURE_PAUSE
  }
}
