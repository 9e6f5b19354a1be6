import type { ParticipantRow } from '~/derive/participant-rows.ts'

/** The participant that a question is about. */
export const NameAndNumber = ({ row: { label, number } }: { row: ParticipantRow }) => (
  <>
    <bdi className="font-semibold text-ink wrap-anywhere">{label}</bdi>
    {number && (
      <>
        {' '}
        <bdi>({number})</bdi>
      </>
    )}
  </>
)
