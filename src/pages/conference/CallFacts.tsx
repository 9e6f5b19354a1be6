import { useQuery } from '@tanstack/react-query'
import { callQuery } from '~/cache/callers.ts'
import { usePollInterval } from '~/cache/settings.ts'
import { explain } from '~/derive/explain.ts'
import { ApiError } from '~/domain/api-error.ts'
import { Button } from '~/ui/Button.tsx'
import { RecordFields } from './RecordFields.tsx'

/** The call behind a participant, read again while it is looked at. */
export function CallFacts({ id }: { id: string }) {
  const { data, failureReason, refetch } = useQuery(callQuery(id, usePollInterval()))
  if (data) return <RecordFields record={data} />
  if (!failureReason) return <p className="text-muted">Reading the call…</p>
  const { title, trace } = explain(failureReason)
  const isFinal = failureReason instanceof ApiError && !failureReason.isTransient
  return (
    <>
      <p>
        {isFinal ? `The server has no such call any more (${title.toLowerCase()}).` : `${title}.`}
      </p>
      <p className="mt-1 font-mono text-xs text-muted wrap-anywhere">
        {id} {trace && `· ${trace}`}
      </p>
      {!isFinal && <Button onClick={() => void refetch()}>Try again now</Button>}
    </>
  )
}
