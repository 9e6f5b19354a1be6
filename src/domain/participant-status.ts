/** The statuses of a participant, in their normal order (voipbin-api.md 4.4). `leaved` means left. */
export const PARTICIPANT_STATUSES = ['joining', 'joined', 'leaving', 'leaved'] as const

/** A status that this version knows. Records keep the server's text, which may be another. */
export type KnownStatus = (typeof PARTICIPANT_STATUSES)[number]

/** The status of a record that has none. */
export const NO_STATUS = 'unknown'

const RANKS = new Map<string, number>(PARTICIPANT_STATUSES.map((status, rank) => [status, rank]))

/** True for the four statuses of the platform. */
export const isKnownStatus = (status: string): status is KnownStatus => RANKS.has(status)

/** The position of a status in `PARTICIPANT_STATUSES`, 0 to 3; an unknown status is -1, so it never wins a tie. */
export const statusRank = (status: string): number => RANKS.get(status) ?? -1

/** True for `leaved` only; an unknown status may mean anything. */
export const hasLeft = (status: string): boolean => status === 'leaved'
