import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { othersWorkQuery, takeOver } from '~/actions/take-over.ts'
import type { OpenWork } from '~/cache/activity/open-work.ts'
import { useConfig } from '~/use-config.ts'
import { openWorkText } from '~/derive/action-text.ts'
import type { Session } from '~/domain/session.ts'
import { Button } from '~/ui/Button.tsx'
import { DeliberateButton } from '~/ui/DeliberateButton.tsx'
import { visibleText } from '~/util/visible-text.ts'

/** Work that other accounts have left open in this browser: how much, where and by which, without names of participants. */
export function OthersWork({ session }: { session: Session }) {
  const { data = [] } = useQuery(othersWorkQuery(session))
  const [putOff, setPutOff] = useState<ReadonlySet<string>>(new Set())
  const shown = data.filter(({ batch }) => !putOff.has(batch))
  if (shown.length === 0) return null
  return (
    <section aria-label="Work of others" className="flex flex-col gap-2">
      {shown.map((work) => (
        <Card
          key={work.batch}
          work={work}
          session={session}
          onPutOff={() => setPutOff(new Set([...putOff, work.batch]))}
        />
      ))}
    </section>
  )
}

interface CardProps {
  readonly work: OpenWork
  readonly session: Session
  /** Hides the card until the page is loaded again; the work stays open. */
  readonly onPutOff: () => void
}

function Card({ work, session, onPutOff }: CardProps) {
  const client = useQueryClient()
  const { graceSeconds } = useConfig()
  const taking = useMutation({
    mutationFn: () => takeOver(client, session, work, graceSeconds * 1000),
  })
  const by = visibleText(work.by)
  return (
    <article
      aria-label={`Work of ${by}`}
      className="rounded-lg border border-edge bg-raised p-3 shadow-lg"
    >
      <p className="font-semibold wrap-anywhere">{openWorkText(work)}</p>
      <p className="text-muted wrap-anywhere">Waiting for {by} to sign in.</p>
      {taking.isError && (
        <p role="alert" className="text-danger">
          Nothing was taken over: the storage of this browser does not answer.
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <DeliberateButton
          disabledReason={taking.isPending ? 'Being taken over.' : undefined}
          onClick={() => taking.mutate()}
        >
          Take over: send the remaining {work.count} as {visibleText(session.name)}
        </DeliberateButton>
        <Button onClick={onPutOff}>Not now</Button>
      </div>
    </article>
  )
}
