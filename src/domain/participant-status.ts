/** The ladder a participant climbs (voipbin-api.md 4.4). `leaved` is the platform's word for gone. */
export const PARTICIPANT_STATUSES = ['joining', 'joined', 'leaving', 'leaved'] as const

/** A status this version knows. Records keep the server's own text, which may be another. */
export type KnownStatus = (typeof PARTICIPANT_STATUSES)[number]

/** What stands in for a status the record does not carry. */
export const NO_STATUS = 'unknown'

const RANKS = new Map<string, number>(PARTICIPANT_STATUSES.map((status, rank) => [status, rank]))

/** True for the four statuses of the platform as read today. */
export const isKnownStatus = (status: string): status is KnownStatus => RANKS.has(status)

/** The position of a status in `PARTICIPANT_STATUSES`, 0 to 3; an unknown status is -1, so it never wins a tie. */
export const statusRank = (status: string): number => RANKS.get(status) ?? -1

/** Only `leaved` is gone; a status we do not know may be anything, so it is not. */
export const hasLeft = (status: string): boolean => status === 'leaved'
