import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/min'

/** A telephone number as its country writes it. */
export interface ReadableNumber {
  readonly text: string
  /** ISO 3166, such as `US`; null when the number does not tell, as where several share it. */
  readonly country: string | null
}

const readable = (number: PhoneNumber): ReadableNumber => ({
  text: number.formatInternational(),
  country: number.country ?? null,
})

/**
 * Groups the digits of a number as its country does. What is no valid number in E.164 stays as it is. With its data on
 * all countries this file is large, so it is to be loaded by itself, when needed.
 */
export function formatNumber(raw: string): ReadableNumber {
  const number = /^\+\d{7,15}$/.test(raw) ? parsePhoneNumberFromString(raw) : undefined
  return number?.isValid() ? readable(number) : { text: raw, country: null }
}

/** A number to call. */
export interface DialNumber extends ReadableNumber {
  /** In E.164. */
  readonly number: string
}

/**
 * The number that a text means; undefined when it is none. One that is possible is enough: which numbers are in use changes
 * faster than the data. Without a plus or `00` it is read as in the country of `source`, the number that calls: E.164, or
 * empty where it is not known.
 */
export function dialNumber(text: string, source: string): DialNumber | undefined {
  const written = text.trim().replace(/^tel:/i, '').replace(/^00/, '+')
  const code = parsePhoneNumberFromString(source)?.countryCallingCode
  const number = parsePhoneNumberFromString(written, code ? { defaultCallingCode: code } : {})
  if (!number?.isPossible() || number.ext !== undefined) return undefined
  return { number: number.number, ...readable(number) }
}
