import { Suspense } from 'react'
import { lazy } from '~/ui/lazy.ts'
import { visibleText } from '~/util/visible-text.ts'

/** Knows the numbers of all countries, which is more code than the whole panel. */
const FormattedNumber = lazy(() =>
  import('./FormattedNumber.tsx').then((module) => module.FormattedNumber),
)

/** A number, formatted once the code for it is there; until then, and without a network, as it is. */
export const PhoneNumber = ({ number }: { readonly number: string }) => (
  <Suspense fallback={<bdi className="wrap-anywhere">{visibleText(number)}</bdi>}>
    <FormattedNumber number={number} />
  </Suspense>
)
