import { describe, expect, it } from 'vitest'
import { Aim, Gesture, GESTURE_PAUSE } from './gesture.ts'

const ENTER = { key: 'Enter' }
const SHOWN = 1000
const ARMED = SHOWN + GESTURE_PAUSE

type Press = readonly [what: 'pointer' | { key: string }, at: number, isRepeat?: boolean]

/** Whether a click right after the last of these presses is meant for a control that is shown since SHOWN. */
function isMeant(clicks: number, ...presses: readonly Press[]): boolean {
  const gesture = new Gesture()
  for (const press of presses) gesture.press(...press)
  return gesture.isMeant(SHOWN, clicks, presses.at(-1)?.[1] ?? ARMED)
}

describe('a click is meant', () => {
  it.each<[string, number, ...(readonly Press[])]>([
    ['after a press that began late enough', 1, ['pointer', SHOWN - 5], ['pointer', ARMED]],
    ['after the first press of all', 1, ['pointer', ARMED]],
    [
      'after the second of two late presses in a row',
      1,
      ['pointer', ARMED],
      ['pointer', ARMED + 200],
    ],
    [
      'after a key that follows another key',
      0,
      [ENTER, SHOWN - 5],
      [{ key: 'Tab' }, SHOWN + 40],
      [ENTER, SHOWN + 80],
    ],
    [
      'after the same key, following a pause',
      0,
      [ENTER, SHOWN - 5],
      [ENTER, SHOWN + GESTURE_PAUSE],
    ],
    [
      'after a key that follows the click that opened the control',
      0,
      ['pointer', SHOWN - 5],
      [ENTER, SHOWN + 40],
    ],
    ['without a press, late enough', 0],
  ])('%s', (_name, clicks, ...presses) => {
    expect(isMeant(clicks, ...presses)).toBe(true)
  })

  it.each<[string, number, ...(readonly Press[])]>([
    [
      'after the second press of a double click',
      1,
      ['pointer', SHOWN - 5],
      ['pointer', SHOWN + 150],
    ],
    [
      'after the third of three slow presses',
      1,
      ['pointer', SHOWN - 5],
      ['pointer', SHOWN + 400],
      ['pointer', SHOWN + 800],
    ],
    [
      'when the browser counts it as the second',
      2,
      ['pointer', SHOWN - 5],
      ['pointer', ARMED + 200],
    ],
    ['after a first press that is too soon to have read the control', 1, ['pointer', SHOWN + 300]],
    ['after a press that began before the control was shown', 1, ['pointer', SHOWN - 5]],
    ['after the repeat of a held key', 0, [ENTER, SHOWN - 5], [ENTER, SHOWN + 900, true]],
    ['after an early repeat of a held key', 0, [ENTER, SHOWN - 5], [ENTER, SHOWN + 30, true]],
    ['after the same key without a pause', 0, [ENTER, SHOWN - 5], [ENTER, SHOWN + 200]],
    ['by the pointer when only a key was pressed', 1, [ENTER, ARMED]],
  ])('but not %s', (_name, clicks, ...presses) => {
    expect(isMeant(clicks, ...presses)).toBe(false)
  })

  it('but not when assistive technology sends it together with the one that opened the control', () => {
    expect(new Gesture().isMeant(SHOWN, 0, SHOWN + 1)).toBe(false)
  })
})

describe('the aim of a pointer', () => {
  it.each<[string, (aim: Aim) => unknown, boolean]>([
    ['is at a control that it moved to', (aim) => [aim.over(ARMED - 5), aim.move()], true],
    ['is at a control without any event', () => {}, true],
    ['is not at a control that has just slid under it', (aim) => aim.over(ARMED - 5), false],
    ['is at a control that slid under it long enough ago', (aim) => aim.over(SHOWN), true],
    [
      'is not at a control that slid away from it and back',
      (aim) => [aim.move(), aim.over(ARMED - 5)],
      false,
    ],
  ])('%s', (_name, happen, isAimed) => {
    const aim = new Aim()
    happen(aim)
    expect(aim.isAt(ARMED)).toBe(isAimed)
  })
})
