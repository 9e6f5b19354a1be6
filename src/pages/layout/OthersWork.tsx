import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { othersWorkQuery, takeOver } from '~/actions/take-over.ts'
import type { OpenWork } from '~/cache/open-work.ts'
import { useSettings } from '~/cache/settings.ts'
import type { ActionKind } from '~/domain/action.ts'
import type { Session } from '~/domain/session.ts'
import { DeliberateButton } from '~/ui/DeliberateButton.tsx'
import { visibleText } from '~/util/visible-text.ts'

/** What other accounts have left open in this browser: how much, where and by whom, and no names before it is taken over. */
export function OthersWork({ session }: { session: Session }) {
  const { data = [] } = useQuery(othersWorkQuery(session))
  if (data.length === 0) return null
  return (
    <section aria-label="Work of others" className="flex flex-col gap-2">
      {data.map((work) => (
        <Card key={work.batch} work={work} session={session} />
      ))}
    </section>
  )
}

const NOUN: Readonly<Record<ActionKind, string>> = {
  remove: 'removal',
  'hang-up': 'hang-up',
  end: 'end of conference',
}

function Card({ work, session }: { work: OpenWork; session: Session }) {
  const client = useQueryClient()
  const { graceSeconds } = useSettings()
  const taking = useMutation({
    mutationFn: () => takeOver(client, session, work, graceSeconds * 1000),
  })
  const { kind, count } = work
  const [by, where] = [visibleText(work.by), visibleText(work.conferenceLabel)]
  const what = kind === 'end' || count === 1 ? NOUN[kind] : `${NOUN[kind]}s`
  return (
    <article
      aria-label={`Work of ${by}`}
      className="rounded-lg border border-edge bg-raised p-3 shadow-lg"
    >
      <p className="font-semibold wrap-anywhere">
        {count} {what} by {by} in “{where}” not sent yet
      </p>
      <p className="text-muted wrap-anywhere">Waiting for {by} to sign in.</p>
      {taking.isError && (
        <p role="alert" className="text-danger">
          Nothing was taken over: the storage of this browser does not answer.
        </p>
      )}
      <div className="mt-2">
        <DeliberateButton
          disabledReason={taking.isPending ? 'Being taken over.' : undefined}
          onClick={() => taking.mutate()}
        >
          Take over: send the remaining {count} as {visibleText(session.name)}
        </DeliberateButton>
      </div>
    </article>
  )
}
