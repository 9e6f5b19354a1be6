// First: what it sends for is on its way while the rest is loaded.
import { openedConference, started } from './early.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { startTransition, StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { followSession } from './actions/session.ts'
import { createQueryClient } from './cache/queries/query-client.ts'
import { readFirst } from './cache/live/poll.ts'
import { ConfigContext } from './use-config.ts'
import { AppRoutes } from './routes.tsx'
import { Screen } from './ui/Screen.tsx'
import './ui/styles.css'

const element = document.querySelector('#root')
if (!element) throw new Error('index.html has no #root')
const root = createRoot(element)

/** Draws in slices, so that a slow computer answers to keys and the pointer meanwhile. */
const draw = (app: ReactNode): void => startTransition(() => root.render(app))

try {
  const client = createQueryClient()
  followSession(client)
  const config = await started
  await readFirst(client, openedConference, config.pollSeconds * 1000)
  draw(
    <StrictMode>
      <ConfigContext value={config}>
        <QueryClientProvider client={client}>
          {/* Without transitions the URL changes within the keystroke, so that text boxes can live in it. */}
          <BrowserRouter basename={import.meta.env.BASE_URL} useTransitions={false}>
            <AppRoutes />
          </BrowserRouter>
        </QueryClientProvider>
      </ConfigContext>
    </StrictMode>,
  )
} catch (error) {
  root.render(
    <Screen role="alert" level={1} title="Rollcall cannot start">
      {error instanceof Error ? error.message : 'The settings of this installation cannot be read.'}
    </Screen>,
  )
}
