/** Gives the focus to the table of participants: what had it is about to vanish. */
export const focusTable = (): void =>
  document.querySelector<HTMLElement>('[aria-label="Participants table"]')?.focus()
