import { durationText } from './time-text.ts'

/** A duration, with tenths below 10 s: `0.2 s`, `9.9 s`, `12 s`. Milliseconds. */
export const fineDurationText = (length: number): string =>
  length < 9950 ? `${(Math.max(0, length) / 1000).toFixed(1)} s` : durationText(length)
