import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { signIn, signInAdvice, type SignIn } from '~/actions/sign-in.ts'
import { useSessionState } from '~/cache/session.ts'
import { useSettings } from '~/cache/settings.ts'
import { traceOf } from '~/derive/explain.ts'
import type { SignedOutReason } from '~/domain/session.ts'
import { returnPath } from '~/paths.ts'
import { Button } from '~/ui/Button.tsx'
import { Trace } from '~/ui/Screen.tsx'
import { useTitle } from '~/ui/title.ts'
import { SandboxAccounts } from './SandboxAccounts.tsx'

const WHY: Readonly<Record<SignedOutReason, string>> = {
  'not-yet': '',
  'by-choice': 'You are signed out.',
  expired: 'Your session has ended. Sign in to go on where you were.',
  refused: 'The server no longer accepts your session. Sign in to go on where you were.',
}

/** Where one proves who one is. After that, here or in another tab, one is back where one wanted to be. */
export default function LoginPage() {
  const client = useQueryClient()
  const [query] = useSearchParams()
  const { title } = useSettings()
  useTitle(`Sign in · ${title}`)
  const { session, reason } = useSessionState()
  const [replaced] = useState(query.has('again') ? session : null)
  const [kind, setKind] = useState<SignIn['kind']>('password')
  const { mutate, error, isPending, variables, reset } = useMutation({
    mutationFn: (wanted: SignIn) => signIn(client, wanted),
  })
  if (session && session !== replaced) {
    return <Navigate to={returnPath(query.get('return'))} replace />
  }
  const why = reason && WHY[reason]
  return (
    <main className="mx-auto flex min-h-full max-w-sm flex-col justify-center gap-5 px-4 py-10">
      <h1 className="text-lg font-semibold">Sign in to {title}</h1>
      {why && <p role="status">{why}</p>}
      <KindSwitch kind={kind} onChange={(next) => (reset(), setKind(next))} />
      <CredentialForm key={kind} kind={kind} isPending={isPending} onSubmit={mutate} />
      {error && variables && (
        <div role="alert" className="rounded border border-danger p-3">
          <p>{signInAdvice(error, variables.kind)}</p>
          <Trace text={traceOf(error)} />
        </div>
      )}
      <SandboxAccounts isPending={isPending} onChoose={mutate} />
    </main>
  )
}

interface KindSwitchProps {
  readonly kind: SignIn['kind']
  readonly onChange: (kind: SignIn['kind']) => void
}

function KindSwitch({ kind, onChange }: KindSwitchProps) {
  return (
    <fieldset className="flex gap-4">
      <legend className="sr-only">Sign in with</legend>
      {(['password', 'accesskey'] as const).map((one) => (
        <label key={one} className="flex items-center gap-1.5">
          <input type="radio" name="kind" checked={kind === one} onChange={() => onChange(one)} />
          {one === 'password' ? 'User name' : 'Access key'}
        </label>
      ))}
    </fieldset>
  )
}

interface CredentialFormProps {
  readonly kind: SignIn['kind']
  readonly isPending: boolean
  readonly onSubmit: (wanted: SignIn) => void
}

function CredentialForm({ kind, isPending, onSubmit }: CredentialFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => {
      const value = form.get(name)
      return typeof value === 'string' ? value : ''
    }
    onSubmit(
      kind === 'password'
        ? { kind, username: text('username').trim(), password: text('password') }
        : { kind, accesskey: text('accesskey').trim() },
    )
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {kind === 'password' ? (
        <>
          <Field label="User name" name="username" autoComplete="username" />
          <Field label="Password" name="password" type="password" autoComplete="current-password" />
        </>
      ) : (
        <Field label="Access key" name="accesskey" type="password" autoComplete="off" />
      )}
      <Button
        type="submit"
        tone="primary"
        className="h-9"
        disabledReason={isPending ? 'Waiting for the server.' : undefined}
      >
        {isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}

interface FieldProps {
  readonly label: string
  readonly name: string
  readonly type?: string
  readonly autoComplete: string
}

const Field = ({ label, ...input }: FieldProps) => (
  <label className="flex flex-col gap-1">
    {label}
    <input {...input} required className="h-9 rounded border border-edge bg-page px-2.5" />
  </label>
)
