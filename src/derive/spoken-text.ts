/** Characters: about two minutes. The platform names no limit; a longer text outlives its time to answer (voipbin-api.md 15). */
export const LONGEST_TEXT = 2000

/** The voices that are offered, as BCP 47. */
export const LANGUAGES = [
  'en-US',
  'en-GB',
  'de-DE',
  'es-ES',
  'fr-FR',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'tr-TR',
  'zh-CN',
] as const

/** The voice for the languages of a browser, the preferred one first. */
export function languageFor(wanted: readonly string[]): string {
  for (const one of wanted) {
    const [base = ''] = one.split('-')
    const found =
      LANGUAGES.find((code) => code === one) ??
      LANGUAGES.find((code) => code.startsWith(`${base}-`))
    if (found) return found
  }
  return LANGUAGES[0]
}

/** Why a text cannot be spoken; undefined when it can. */
export function textProblem(text: string): string | undefined {
  if (text.trim() === '') return 'Type the text first.'
  return text.length > LONGEST_TEXT
    ? `The text has ${text.length} characters; at most ${LONGEST_TEXT} can be spoken.`
    : undefined
}
