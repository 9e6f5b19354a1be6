import { Suspense } from 'react'
import { Navigate, Route, Routes, useLocation } from 'react-router'
import { ConferencePage } from './pages/conference/ConferencePage.tsx'
import { SignedIn } from './pages/layout/SignedIn.tsx'
import { NotFoundPage } from './pages/not-found/NotFoundPage.tsx'
import { ParticipantsPage } from './pages/participants/ParticipantsPage.tsx'
import { routes } from './paths.ts'
import { ErrorBoundary } from './ui/ErrorBoundary.tsx'
import { lazy } from './ui/lazy.ts'
import { Loading } from './ui/Loading.tsx'

const LoginPage = lazy(async () => (await import('./pages/login/SignIn.tsx')).LoginPage)
const ActivityPage = lazy(
  async () => (await import('./pages/activity/ActivityPage.tsx')).ActivityPage,
)
const ConferencesPage = lazy(
  async () => (await import('./pages/conferences/ConferencesPage.tsx')).ConferencesPage,
)
const SettingsPage = lazy(
  async () => (await import('./pages/settings/SettingsPage.tsx')).SettingsPage,
)

/**
 * The pages of participants are in the first chunk: links and reloads open them most often, and both are the same parts. The elements are made once:
 * a page renders again when what it reads of the address changes, not with each key in a filter.
 */
const pages = (
  <Suspense fallback={<Loading />}>
    <Routes>
      <Route path={routes.login} element={<LoginPage />} />
      <Route element={<SignedIn />}>
        <Route path={routes.conferences} element={<ConferencesPage />} />
        <Route path={routes.conference} element={<ConferencePage />} />
        <Route path={routes.participants} element={<ParticipantsPage />} />
        <Route path={routes.settings} element={<SettingsPage />} />
        <Route path={routes.activity} element={<ActivityPage />} />
        <Route path="/" element={<Navigate to={routes.conferences} replace />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  </Suspense>
)

/** The routes. */
export function AppRoutes() {
  const { pathname } = useLocation()
  return <ErrorBoundary resetKey={pathname}>{pages}</ErrorBoundary>
}
