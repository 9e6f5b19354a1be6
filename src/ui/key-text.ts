const NAMES: Readonly<Record<string, string>> = { Delete: 'Del', Enter: '⏎', Escape: 'Esc' }

/** How a key is written beside what it does: the `key` of its event, shortened. */
export const keyText = (key: string): string => NAMES[key] ?? key
