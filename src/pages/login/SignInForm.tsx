import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { signIn, signInAdvice, type SignIn } from '~/actions/sign-in.ts'
import { traceOf } from '~/derive/explain.ts'
import { Button } from '~/ui/Button.tsx'
import { Trace } from '~/ui/Screen.tsx'
import { SandboxAccounts } from './SandboxAccounts.tsx'

interface SignInFormProps {
  /** The kind of credential that is shown first. */
  readonly kind?: SignIn['kind']
  /** The user name that is filled in. */
  readonly username?: string | undefined
}

/** The form to sign in with a user name or an access key, or on the sandbox with one click. */
export function SignInForm({ kind: likely = 'password', username }: SignInFormProps) {
  const client = useQueryClient()
  const [kind, setKind] = useState(likely)
  const { mutate, error, isPending, variables, reset } = useMutation({
    mutationKey: ['sign-in'],
    mutationFn: (wanted: SignIn) => signIn(client, wanted),
    // The credentials must not stay in the cache.
    gcTime: 0,
  })
  return (
    <div className="flex flex-col gap-5">
      <KindSwitch kind={kind} onChange={(next) => (reset(), setKind(next))} />
      <CredentialForm
        key={kind}
        kind={kind}
        username={username}
        isPending={isPending}
        onSubmit={mutate}
      />
      {error && variables && (
        <div role="alert" className="rounded border border-danger p-3">
          <p>{signInAdvice(error, variables.kind)}</p>
          <Trace text={traceOf(error)} />
        </div>
      )}
      <SandboxAccounts isPending={isPending} onChoose={mutate} />
    </div>
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
  readonly username: string | undefined
  readonly isPending: boolean
  readonly onSubmit: (wanted: SignIn) => void
}

function CredentialForm({ kind, username, isPending, onSubmit }: CredentialFormProps) {
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
          <Field
            label="User name"
            name="username"
            autoComplete="username"
            defaultValue={username}
          />
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
  readonly defaultValue?: string | undefined
}

const Field = ({ label, ...input }: FieldProps) => (
  <label className="flex flex-col gap-1">
    {label}
    <input {...input} required className="h-9 rounded border border-edge bg-page px-2.5" />
  </label>
)
