import type { Participant } from '~/domain/participant.ts'
import type { RawRecord } from '~/domain/record.ts'
import { toWireTime, type Micros } from '~/domain/time.ts'

/** The fields that a spec sets; `extra` holds further keys of the raw record. */
type Wish = Partial<Omit<Participant, 'raw' | 'problems'>> & { readonly extra?: RawRecord }

/** 2026-01-15 09:30:00 UTC, the creation time of participants in specs unless stated otherwise. */
export const THEN: Micros = Date.UTC(2026, 0, 15, 9, 30) * 1000

/** A participant with a matching raw record. */
export function participantOf({ extra = {}, ...wish }: Wish = {}): Participant {
  const fields = {
    id: 'b8aa51f6-5cc1-40ba-9737-45ca24dab153',
    customerId: '5e4a0680-804e-11ec-8477-2fea5968d85b',
    conferenceId: '99accfb7-c0dd-4a54-997d-dd18af7bc280',
    activeflowId: null,
    referenceType: 'call',
    referenceId: '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11',
    status: 'joined',
    createdAt: THEN,
    updatedAt: null,
    deletedAt: null,
    ...wish,
  }
  return { ...fields, raw: rawOf(fields, extra), problems: [] }
}

const rawOf = (fields: Omit<Participant, 'raw' | 'problems'>, extra: RawRecord): RawRecord => ({
  id: fields.id,
  customer_id: fields.customerId,
  conference_id: fields.conferenceId,
  reference_type: fields.referenceType,
  reference_id: fields.referenceId,
  status: fields.status,
  tm_create: timeOf(fields.createdAt),
  tm_update: timeOf(fields.updatedAt),
  tm_delete: timeOf(fields.deletedAt),
  ...extra,
})

const timeOf = (at: Micros | null): string | null => (at === null ? null : toWireTime(at))
