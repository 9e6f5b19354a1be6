import { countryName, formatNumber } from '~/util/phone-number.ts'
import { visibleText } from '~/util/visible-text.ts'

/** A number as its country writes it, and the country; what is no telephone number as it is. */
export function FormattedNumber({ number }: { readonly number: string }) {
  const { text, country } = formatNumber(number)
  return (
    <span className="min-w-0">
      <bdi className="wrap-anywhere">{visibleText(text)}</bdi>
      {country !== null && <span className="text-muted"> {countryName(country)}</span>}
    </span>
  )
}
