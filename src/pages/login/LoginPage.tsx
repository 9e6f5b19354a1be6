import { useState } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { useSessionState } from '~/cache/live/session.ts'
import { useSettings } from '~/cache/settings.ts'
import type { SignedOutReason } from '~/domain/session.ts'
import { returnPath } from '~/paths.ts'
import { SignInForm } from './SignInForm.tsx'

const WHY: Readonly<Record<SignedOutReason, string>> = {
  'not-yet': '',
  'by-choice': 'You are signed out.',
  expired: 'Your session has ended. Sign in to go on where you were.',
  refused: 'The server no longer accepts your session. Sign in to go on where you were.',
}

/** Where one proves who one is. After that, here or in another tab, one is back where one wanted to be. */
export default function LoginPage() {
  const [query] = useSearchParams()
  const { title } = useSettings()
  const { session, reason } = useSessionState()
  // Somebody who is signed in still would be sent on at once.
  const [replaced] = useState(query.has('again') ? session : null)
  if (session && session !== replaced) {
    return <Navigate to={returnPath(query.get('return'))} replace />
  }
  const why = reason && WHY[reason]
  return (
    <main className="mx-auto flex min-h-full max-w-sm flex-col justify-center gap-5 px-4 py-10">
      <title>{`Sign in · ${title}`}</title>
      <h1 className="text-lg font-semibold">Sign in to {title}</h1>
      {why && <p role="status">{why}</p>}
      <SignInForm />
    </main>
  )
}
