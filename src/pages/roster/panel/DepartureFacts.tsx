import type { Departure } from '~/derive/departures.ts'
import { Moment } from '~/ui/Moment.tsx'

/** How a participant left, and which record tells. */
export const DepartureFacts = ({ departure: { text, proof, at } }: { departure: Departure }) => (
  <>
    <p>{text}</p>
    <p className="text-muted">
      {proof ? (
        <>
          Evidence: {proof} {at !== null && <Moment at={at} />}
        </>
      ) : (
        'No record shows how.'
      )}
    </p>
  </>
)
