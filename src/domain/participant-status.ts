/** The ladder a participant climbs (voipbin-api.md 4.4). `leaved` is the platform's word for gone. */
export const PARTICIPANT_STATUSES = ['joining', 'joined', 'leaving', 'leaved'] as const

/** A status this version knows. Records keep the server's own text, which may be another. */
export type KnownStatus = (typeof PARTICIPANT_STATUSES)[number]

/** What stands in for a status the record does not carry. */
export const NO_STATUS = 'unknown'

const RUNGS = new Map<string, number>(PARTICIPANT_STATUSES.map((status, rung) => [status, rung]))

/** True for the four statuses of the platform as read today. */
export const isKnownStatus = (status: string): status is KnownStatus => RUNGS.has(status)

/** The height on the ladder, 0 to 3; a status we do not know is below all, so it never wins a tie. */
export const rung = (status: string): number => RUNGS.get(status) ?? -1

/** Only `leaved` is gone; a status we do not know may be anything, so it is not. */
export const hasLeft = (status: string): boolean => status === 'leaved'
