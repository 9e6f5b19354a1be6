import { Link, useLocation } from 'react-router'
import { routes } from '~/paths.ts'
import { Screen } from '~/ui/Screen.tsx'
import { visibleText } from '~/util/visible-text.ts'

/** The page for an address without a route. */
export function NotFoundPage() {
  const { pathname } = useLocation()
  return (
    <>
      <title>There is no such page</title>
      <Screen level={1} title="There is no such page" actions={<BackToConferences />}>
        Nothing lives at <code className="wrap-anywhere">{visibleText(pathname)}</code>.
      </Screen>
    </>
  )
}

/** The link that leads away from a page without content. */
export const BackToConferences = () => (
  <Link to={routes.conferences} className="text-accent underline underline-offset-2">
    Go to the conferences
  </Link>
)
