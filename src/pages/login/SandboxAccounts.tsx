import type { SignIn } from '~/actions/sign-in.ts'
import { useConfig } from '~/use-config.ts'
import { Button } from '~/ui/Button.tsx'

interface SandboxAccountsProps {
  readonly isPending: boolean
  readonly onChoose: (wanted: SignIn) => void
}

/** The accounts to sign in with on the sandbox, from its config.json; nothing elsewhere. */
export function SandboxAccounts({ isPending, onChoose }: SandboxAccountsProps) {
  const { sandbox } = useConfig()
  if (!sandbox) return null
  const waiting = isPending ? 'Waiting for the server.' : undefined
  return (
    <section
      aria-labelledby="sandbox-title"
      className="rounded-lg border border-line bg-raised p-4"
    >
      <h2 id="sandbox-title" className="font-semibold">
        This is a sandbox
      </h2>
      <p className="text-muted">Everyone in it is invented. Sign in with one click:</p>
      <ul className="mt-3 flex flex-col gap-2">
        {sandbox.accounts.map(({ label, username, password }) => (
          <li key={username}>
            <Button
              className="w-full flex-col items-start! gap-0! py-1"
              disabledReason={waiting}
              onClick={() => onChoose({ kind: 'password', username, password })}
            >
              <span>{label}</span>
              <span className="text-xs text-muted">{username}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
