import { useLocation, useNavigate } from 'react-router'
import { offeredView } from '~/derive/saved-views.ts'
import { Button } from '~/ui/Button.tsx'
import { visibleText } from '~/util/visible-text.ts'
import { saveView } from '../saved-views.ts'

/** Offers to save the view that a colleague has sent with a name. */
export function ViewOffer() {
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const offered = offeredView(pathname, search)
  if (!offered) return null
  const end = () => void navigate(offered.path, { replace: true })
  return (
    <section
      aria-label="Shared view"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-raised px-4 py-1.5"
    >
      <p className="min-w-0 wrap-anywhere">
        This link carries a view named <strong>{visibleText(offered.name)}</strong>.
      </p>
      <Button
        tone="primary"
        onClick={() => {
          saveView(offered)
          end()
        }}
      >
        Save it
      </Button>
      <Button tone="quiet" onClick={end}>
        Not now
      </Button>
    </section>
  )
}
