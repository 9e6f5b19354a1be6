import { Link } from 'react-router'
import { sharedPath } from '~/derive/saved-views.ts'
import { Button } from '~/ui/Button.tsx'
import { CopyButton } from '~/ui/CopyButton.tsx'
import { visibleText } from '~/util/visible-text.ts'
import { deleteView, useSavedViews } from '../saved-views.ts'

/** The views that were given a name, with a link of each for a colleague. */
export function SavedViews() {
  const views = useSavedViews()
  return (
    <section aria-labelledby="saved-views">
      <h2 id="saved-views" className="mb-1 font-semibold">
        Saved views
      </h2>
      {views.length === 0 ? (
        <p className="text-muted">
          None yet. Filter participants, then choose “Save this view” in the View menu.
        </p>
      ) : (
        <ul className="flex flex-col">
          {views.map((view) => (
            <li key={view.name} className="flex items-center gap-2 border-b border-line py-1">
              <Link
                to={view.path}
                className="min-w-0 grow truncate underline-offset-2 hover:underline"
              >
                <bdi>{visibleText(view.name)}</bdi>
              </Link>
              <CopyButton
                text={new URL(sharedPath(view), location.origin).href}
                what={`link to ${visibleText(view.name)} for a colleague`}
              />
              <Button
                tone="quiet"
                aria-label={`Delete ${visibleText(view.name)}`}
                onClick={() => deleteView(view.name)}
              >
                Delete
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
