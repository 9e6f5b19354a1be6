import { useCallback, useMemo } from 'react'
import { useParams } from 'react-router'
import { conferenceQuery } from '~/cache/queries/conferences.ts'
import { usePollInterval } from '~/cache/live/poll.ts'
import { useConfig } from '~/use-config.ts'
import { useQueryKeepingError } from '~/cache/queries/use-query-keeping-error.ts'
import { explain, traceOf } from '~/derive/explain.ts'
import { ApiError } from '~/domain/api-error.ts'
import { conferenceLabel } from '~/domain/conference.ts'
import { isId, shortId } from '~/domain/ids.ts'
import { visibleText } from '~/util/visible-text.ts'
import { NotThere, useLacking } from '../Failed.tsx'
import { Roster } from '../roster/Roster.tsx'
import { Facts } from './Facts.tsx'

/** One conference: its participants, their states and times, and the controls to remove them. */
export function ConferencePage() {
  const { id: given = '' } = useParams()
  // Ids are case-insensitive; the server writes them in lower case.
  const id = isId(given) ? given.toLowerCase() : given
  // The same element for the same id: useParams renders this anew with each key in the filter.
  const known = useMemo(() => <KnownConference key={id} id={id} />, [id])
  return isId(id) ? (
    known
  ) : (
    <NotThere title="This is not a conference’s id">
      <code className="wrap-anywhere">{visibleText(id)}</code> cannot be the id of a conference:
      those look like 99accfb7-c0dd-4a54-997d-dd18af7bc280. Perhaps the link was cut off.
    </NotThere>
  )
}

function KnownConference({ id }: { id: string }) {
  const { title } = useConfig()
  const {
    data: conference,
    failure,
    askNow,
  } = useQueryKeepingError(conferenceQuery(id, usePollInterval()))
  const label = visibleText(conference ? conferenceLabel(conference) : shortId(id))
  // Another function only when the name is another: rows are searched anew then.
  const conferenceName = useCallback((of: string) => (of === id ? label : undefined), [id, label])
  const scope = useMemo(
    () => ({
      conferenceId: id,
      conferences: new Map(conference ? [[id, conference]] : []),
      conferenceName,
    }),
    [id, conference, conferenceName],
  )
  const wrong = conference ? null : asWrongLink(failure)
  const lacking = useLacking(failure)
  if (wrong) {
    return (
      <NotThere title={wrong.title} trace={traceOf(failure)}>
        {lacking ?? wrong.text} Its id is <code className="wrap-anywhere">{id}</code>.
      </NotThere>
    )
  }
  return (
    <>
      <title>{`${label} · ${title}`}</title>
      <Facts id={id} label={label} conference={conference} error={failure} onRetry={askNow} />
      <Roster scope={scope} />
    </>
  )
}

/** The text for a link without a target; null when the server merely cannot answer now. */
function asWrongLink(error: unknown): { title: string; text: string } | null {
  if (!(error instanceof ApiError)) return null
  if (error.isMissing || error.reason === 'INVALID_ID') {
    return {
      title: 'There is no such conference',
      text: 'This conference does not exist.',
    }
  }
  if (error.status === 403) {
    const { title, advice } = explain(error)
    return { title: `You cannot see this conference: ${title}`, text: advice }
  }
  return null
}
