import type { Departure } from '~/derive/departures.ts'
import { Moment } from '~/ui/Moment.tsx'

/** How a participant left, and which record tells. */
export const DepartureFacts = ({ departure: { text, proof, at } }: { departure: Departure }) => (
  <>
    <p>{text}</p>
    <p className="text-muted">
      {proof ? (
        <>
          Known by this: {proof} {at !== null && <Moment at={at} />}
        </>
      ) : (
        'Neither the states seen, nor the call, nor the conference tell how.'
      )}
    </p>
  </>
)
