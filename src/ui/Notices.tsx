import { X } from 'lucide'
import { Icon } from './Icon.tsx'
import { Button } from './Button.tsx'
import { dismiss, useNotices } from './notices.ts'
import { Trace } from './Screen.tsx'

/** Where notices appear. They stay until dismissed: a failure must not slip by while one looks elsewhere. */
export function Notices() {
  const notices = useNotices()
  return (
    <div
      role="alert"
      aria-label="Notices"
      className="fixed right-3 bottom-3 z-20 flex max-h-[60vh] w-[min(26rem,calc(100vw-1.5rem))] flex-col gap-2 overflow-y-auto"
    >
      {notices.map(({ id, title, text, trace }) => (
        <div
          key={id}
          className="flex items-start gap-2 rounded-lg border border-danger bg-raised p-3 shadow-lg"
        >
          <div className="min-w-0 grow">
            <p className="font-semibold wrap-anywhere">{title}</p>
            <p className="text-muted wrap-anywhere">{text}</p>
            {trace && <Trace text={trace} />}
          </div>
          <Button tone="quiet" aria-label={`Dismiss: ${title}`} onClick={() => dismiss(id)}>
            <Icon of={X} />
          </Button>
        </div>
      ))}
    </div>
  )
}
