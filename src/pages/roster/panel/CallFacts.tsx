import { callQuery } from '~/cache/roster/callers.ts'
import { usePollInterval } from '~/cache/live/poll.ts'
import { useQueryKeepingError } from '~/cache/queries/use-query-keeping-error.ts'
import { explain } from '~/derive/explain.ts'
import { ApiError } from '~/domain/api-error.ts'
import { Button } from '~/ui/Button.tsx'
import { RecordFields } from './RecordFields.tsx'

/** The call of a participant, read again while it is shown. */
export function CallFacts({ id }: { id: string }) {
  const { data, failure, askNow } = useQueryKeepingError(callQuery(id, usePollInterval()))
  if (data) return <RecordFields record={data} />
  if (!failure) return <p className="text-muted">Reading the call…</p>
  const { title, trace } = explain(failure)
  const isFinal = failure instanceof ApiError && !failure.isTransient
  return (
    <>
      <p>
        {isFinal ? `The server has no such call any more (${title.toLowerCase()}).` : `${title}.`}
      </p>
      <p className="mt-1 font-mono text-xs text-muted wrap-anywhere">
        {id} {trace && `· ${trace}`}
      </p>
      {!isFinal && <Button onClick={askNow}>Try again now</Button>}
    </>
  )
}
