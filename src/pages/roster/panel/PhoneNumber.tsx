import { Suspense } from 'react'
import { phoneCode } from '~/pages/phone-code.ts'
import { countryName } from '~/util/country-name.ts'
import { visibleText } from '~/util/visible-text.ts'

interface NumberProps {
  readonly number: string
}

/** A number, formatted once the code for it is there; until then, and without a network, as it is. */
export const PhoneNumber = ({ number }: NumberProps) => (
  <Suspense fallback={<bdi className="wrap-anywhere">{visibleText(number)}</bdi>}>
    <FormattedNumber number={number} />
  </Suspense>
)

/** A number as its country writes it, and the country; what is no telephone number as it is. */
function FormattedNumber({ number }: NumberProps) {
  const { text, country } = phoneCode.useCode().formatNumber(number)
  return (
    <span className="min-w-0">
      <bdi className="wrap-anywhere">{visibleText(text)}</bdi>
      {country !== null && <span className="text-muted"> {countryName(country)}</span>}
    </span>
  )
}
