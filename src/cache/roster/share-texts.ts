import type { Participant } from '~/domain/participant.ts'
import type { Problem } from '~/domain/record.ts'
import { sharedText } from '~/util/shared-text.ts'

/** The fields of the record with the same text as a parsed field. */
const SAME_TEXT = [
  ['id', 'id'],
  ['customer_id', 'customerId'],
  ['activeflow_id', 'activeflowId'],
  ['conference_id', 'conferenceId'],
  ['reference_type', 'referenceType'],
  ['reference_id', 'referenceId'],
  ['status', 'status'],
] as const

const NO_PROBLEMS: readonly Problem[] = []

/**
 * The same participant in about half the memory: a text that its record repeats, that other participants have too, or that
 * the record held before had, is kept once.
 */
export function shareTexts(participant: Participant, held: Participant | undefined): Participant {
  const { customerId, conferenceId, referenceType, status, problems } = participant
  const raw: Record<string, unknown> = { ...participant.raw }
  const shared = {
    ...participant,
    raw,
    // Indexes go by the texts that they were first given.
    id: held?.id ?? participant.id,
    activeflowId: earlier(held?.activeflowId, participant.activeflowId),
    referenceId: earlier(held?.referenceId, participant.referenceId),
    customerId: sharedOrNone(customerId),
    conferenceId: sharedOrNone(conferenceId),
    referenceType: sharedOrNone(referenceType),
    status: sharedText(status),
    problems: problems.length === 0 ? NO_PROBLEMS : problems,
  }
  for (const [field, name] of SAME_TEXT) if (raw[field] === shared[name]) raw[field] = shared[name]
  return shared
}

const earlier = (before: string | null | undefined, now: string | null): string | null =>
  before === now ? before : now

const sharedOrNone = (one: string | null): string | null => one && sharedText(one)
