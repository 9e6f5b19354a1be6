import { describe, expect, it } from 'vitest'
import { Aim, Gesture, GESTURE_PAUSE } from './gesture.ts'

const ENTER = { key: 'Enter' }
const SHOWN = 1000
const ARMED = SHOWN + GESTURE_PAUSE

type Press = readonly [what: 'pointer' | { key: string }, at: number, isRepeat?: boolean]

/** Whether a click right after the last of these presses is meant for what is shown since SHOWN. */
function isMeant(clicks: number, ...presses: readonly Press[]): boolean {
  const gesture = new Gesture()
  for (const press of presses) gesture.press(...press)
  return gesture.isMeant(SHOWN, clicks, presses.at(-1)?.[1] ?? ARMED)
}

describe('a click that is meant', () => {
  it.each<[string, number, ...(readonly Press[])]>([
    ['a press after a while', 1, ['pointer', SHOWN - 5], ['pointer', ARMED]],
    ['the first press there is', 1, ['pointer', ARMED]],
    [
      'the second of two in a row, both after a while',
      1,
      ['pointer', ARMED],
      ['pointer', ARMED + 200],
    ],
    [
      'a key after another key',
      0,
      [ENTER, SHOWN - 5],
      [{ key: 'Tab' }, SHOWN + 40],
      [ENTER, SHOWN + 80],
    ],
    ['the same key after a pause', 0, [ENTER, SHOWN - 5], [ENTER, SHOWN + GESTURE_PAUSE]],
    ['a key after the click that asked', 0, ['pointer', SHOWN - 5], [ENTER, SHOWN + 40]],
    ['no press at all, after a while', 0],
  ])('is %s', (_name, clicks, ...presses) => {
    expect(isMeant(clicks, ...presses)).toBe(true)
  })

  it.each<[string, number, ...(readonly Press[])]>([
    ['the second of a double click', 1, ['pointer', SHOWN - 5], ['pointer', SHOWN + 150]],
    [
      'the third of slow three',
      1,
      ['pointer', SHOWN - 5],
      ['pointer', SHOWN + 400],
      ['pointer', SHOWN + 800],
    ],
    ['one that the browser counts as second', 2, ['pointer', SHOWN - 5], ['pointer', ARMED + 200]],
    ['the first press, too soon to have read anything', 1, ['pointer', SHOWN + 300]],
    ['a press held since before', 1, ['pointer', SHOWN - 5]],
    ['a key held since before', 0, [ENTER, SHOWN - 5], [ENTER, SHOWN + 900, true]],
    [
      'a key held since before, another pressed between',
      0,
      [ENTER, SHOWN - 5],
      [ENTER, SHOWN + 30, true],
    ],
    ['the same key at once', 0, [ENTER, SHOWN - 5], [ENTER, SHOWN + 200]],
    ['a click of the pointer where only a key was pressed', 1, [ENTER, ARMED]],
  ])('is not %s', (_name, clicks, ...presses) => {
    expect(isMeant(clicks, ...presses)).toBe(false)
  })

  it('is not one that assistive technology sends together with the one that asked', () => {
    expect(new Gesture().isMeant(SHOWN, 0, SHOWN + 1)).toBe(false)
  })
})

describe('the aim of a pointer', () => {
  it.each<[string, (aim: Aim) => unknown, boolean]>([
    ['is at a control that it moved to', (aim) => [aim.over(ARMED - 5), aim.move()], true],
    ['is at a control that it was never told to be over', () => {}, true],
    ['is not at a control that has just slid under it', (aim) => aim.over(ARMED - 5), false],
    ['is at a control that slid under it a while ago', (aim) => aim.over(SHOWN), true],
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
