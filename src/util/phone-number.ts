import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A telephone number as it is read. */
export interface ReadableNumber {
  readonly text: string
  /** ISO 3166, such as `US`; null when the number does not tell. */
  readonly country: string | null
}

/**
 * Groups the digits of a number as its country does. What is no valid number in E.164 stays as it is. With its data on
 * all countries this file is large, so it is to be loaded by itself, when needed.
 */
export function formatNumber(raw: string): ReadableNumber {
  const number = /^\+\d{7,15}$/.test(raw) ? parsePhoneNumberFromString(raw) : undefined
  if (!number?.isValid()) return { text: raw, country: null }
  return { text: number.formatInternational(), country: number.country ?? null }
}

const regions = new Intl.DisplayNames('en', { type: 'region' })

/** The name of a country, such as `United Kingdom`. @param country ISO 3166, as of `formatNumber` */
export const countryName = (country: string): string => regions.of(country) ?? country
