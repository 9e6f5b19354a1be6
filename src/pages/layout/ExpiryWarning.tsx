import { EXPIRY_WARNING, type Session } from '~/domain/session.ts'
import { toMillis } from '~/domain/time.ts'
import { useServerNowSelect } from '~/ui/now.ts'
import { durationText } from '~/util/time-text.ts'

interface ExpiryWarningProps {
  readonly session: Session
  /** The session is over. Only the words change, so that the page below does not move. */
  readonly isOver: boolean
  readonly onSignInAgain: () => void
}

/** Says in good time that the session will end: tokens cannot be renewed, only replaced (voipbin-api.md 2.1). */
export function ExpiryWarning({
  session: { expiresAt },
  isOver,
  onSignInAgain,
}: ExpiryWarningProps) {
  const end = expiresAt === null ? Infinity : toMillis(expiresAt)
  const left = useServerNowSelect((now) =>
    end - now > EXPIRY_WARNING ? '' : durationText(Math.max(end - now, 0)),
  )
  if (!left) return null
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 border-b border-line bg-raised px-4 py-1.5 text-leaving"
    >
      {/* The ticking part is not announced each second. */}
      {isOver ? (
        <span>Your session has ended.</span>
      ) : (
        <span>
          Your session ends soon<span aria-live="off"> (in {left})</span>.
        </span>
      )}
      <button type="button" onClick={onSignInAgain} className="underline underline-offset-2">
        Sign in again now
      </button>
    </div>
  )
}
