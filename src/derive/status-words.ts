/** Statuses that the screen calls otherwise than the platform does (voipbin-api.md 4.1, 5.1). */
const WORDS: Readonly<Record<string, string>> = { leaved: 'left', progressing: 'in progress' }

/** The word of the screen for a status of a participant or a conference; an unknown one as it came. */
export const statusWord = (status: string): string => WORDS[status] ?? status
