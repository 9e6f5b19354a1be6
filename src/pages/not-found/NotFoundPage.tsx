import { Link, useLocation } from 'react-router'
import { routes } from '~/paths.ts'
import { Screen } from '~/ui/Screen.tsx'
import { visibleText } from '~/util/visible-text.ts'

/** For an address that is none of ours. */
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

/** The way out of a dead end. */
export const BackToConferences = () => (
  <Link to={routes.conferences} className="text-accent underline underline-offset-2">
    Go to the conferences
  </Link>
)
