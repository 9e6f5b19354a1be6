import { Navigate, useSearchParams } from 'react-router'
import { useSessionState } from '~/cache/live/session.ts'
import { useConfig } from '~/use-config.ts'
import type { Session, SignedOutReason } from '~/domain/session.ts'
import { returnPath } from '~/paths.ts'
import { Button } from '~/ui/Button.tsx'
import { closeModal } from '~/ui/modal.ts'
import { visibleText } from '~/util/visible-text.ts'
import { SignInForm } from './SignInForm.tsx'

const WHY: Readonly<Record<SignedOutReason, string>> = {
  'not-yet': '',
  'by-choice': 'You are signed out.',
  expired: 'Your session has ended. Sign in to go on where you were.',
  refused: 'The server no longer accepts your session. Sign in to go on where you were.',
}

/** The sign-in page. After a sign-in, here or in another tab, it leads to the page that was asked for. */
export function LoginPage() {
  const [query] = useSearchParams()
  const { title } = useConfig()
  const { session, reason } = useSessionState()
  if (session) return <Navigate to={returnPath(query.get('return'))} replace />
  const why = reason && WHY[reason]
  return (
    <main
      ref={focusFirst}
      className="mx-auto flex min-h-full max-w-sm flex-col justify-center gap-5 px-4 py-10"
    >
      <title>{`Sign in · ${title}`}</title>
      <h1 className="text-lg font-semibold">Sign in to {title}</h1>
      {why && <p role="status">{why}</p>}
      <SignInForm />
    </main>
  )
}

const focusFirst = (page: HTMLElement | null): void =>
  page?.querySelector<HTMLElement>('form input')?.focus()

interface SignInDialogProps {
  /** The session of the page below. */
  readonly session: Session
  /** Why the session is over; absent while it lasts. */
  readonly reason: SignedOutReason | undefined
  /** Closes the dialog without a sign-in, while the session lasts. */
  readonly onClose: () => void
  readonly onSignOut: () => void
}

/** The sign-in dialog over the page, which stays as it is. It cannot be closed once the session has ended. */
export function SignInDialog({ session, reason, onClose, onSignOut }: SignInDialogProps) {
  const { credential, username, name } = session
  return (
    <dialog
      ref={show}
      role={reason ? 'alertdialog' : 'dialog'}
      aria-labelledby="again-title"
      aria-describedby="again-text"
      // In browsers without `closedby` a second Escape closes the dialog: see onClose.
      closedby={reason ? 'none' : 'closerequest'}
      onCancel={(event) => reason && event.preventDefault()}
      onClose={({ currentTarget }) => {
        // In strict mode React attaches the dialog twice, and it is open again by now.
        if (currentTarget.open) return
        if (!reason) onClose()
        else if (currentTarget.isConnected) open(currentTarget)
      }}
      className="m-auto w-full max-w-sm rounded-lg border border-line bg-page p-5 text-ink"
    >
      <div className="flex items-start justify-between gap-3">
        <h2 id="again-title" className="text-base font-semibold">
          Sign in again
        </h2>
        {reason ? (
          <Button onClick={onSignOut}>Sign out</Button>
        ) : (
          <Button onClick={closeModal}>Not now</Button>
        )}
      </div>
      <div id="again-text" className="mt-2 mb-4 flex flex-col gap-2 text-muted">
        <p>{whyText(reason)}</p>
        <p>
          Sign in as <bdi className="text-ink wrap-anywhere">{visibleText(name)}</bdi> to go on
          where you were. Signing in as somebody else closes what is open here.
        </p>
      </div>
      <SignInForm
        kind={credential.kind === 'token' ? 'password' : 'accesskey'}
        username={username ?? undefined}
      />
    </dialog>
  )
}

function whyText(reason: SignedOutReason | undefined): string {
  if (!reason) return 'Your session ends soon. A new one lets you go on without a break.'
  const why =
    reason === 'expired' ? 'Your session has ended.' : 'The server no longer accepts your session.'
  return `${why} What you see stays as it was until you sign in.`
}

function open(dialog: HTMLDialogElement): void {
  if (!dialog.open) dialog.showModal()
  dialog.querySelector<HTMLElement>('[type=password]')?.focus()
}

/** The ref of the dialog: closes it before it is unmounted, as only then does the browser give the focus back. */
function show(dialog: HTMLDialogElement): () => void {
  open(dialog)
  return () => {
    dialog.close()
    // The element that had the focus may be gone too.
    queueMicrotask(() => {
      if (document.activeElement === document.body)
        document.querySelector<HTMLElement>('#main')?.focus()
    })
  }
}
