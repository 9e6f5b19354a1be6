import type { Conference } from '~/domain/conference.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import { durationText } from '~/util/time-text.ts'
import { limitOf } from './room-text.ts'

/**
 * How much of its time limit a conference has left, in words; empty without a limit, once it has ended, and when it is
 * unknown. The limit counts from the creation or from a later change that set it, which the record does not tell apart
 * from other changes (voipbin-api.md 16).
 *
 * @param now in milliseconds by the server's clock
 */
export function timeLeftText(conference: Conference, now: number): string {
  const { timeout, createdAt, updatedAt, endedAt, deletedAt } = conference
  if (timeout <= 0 || createdAt === null || endedAt !== null || deletedAt !== null) return ''
  const length = limitOf(timeout) * 1000
  const left = (since: Micros): number => toMillis(since) + length - now
  if (left(createdAt) > 0) {
    const text = `${durationText(left(createdAt))} left`
    return updatedAt === null ? text : `${text} unless changed`
  }
  return updatedAt !== null && left(updatedAt) > 0
    ? `at most ${durationText(left(updatedAt))} left`
    : 'time is up'
}
