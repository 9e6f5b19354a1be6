/** Moves the focus to the table of participants, because the focused element is about to disappear. */
export const focusTable = (): void =>
  document.querySelector<HTMLElement>('[aria-label="Participants table"]')?.focus()
