import { holdLock, type Locks } from '~/util/locks.ts'
import { leaderLock } from './scope.ts'

/** What leading depends on in a browser. */
interface Surroundings {
  /** Null where there are no Web Locks: outside secure contexts. */
  readonly locks: Locks | null
  readonly page: Pick<Window, 'addEventListener' | 'removeEventListener'> & {
    readonly document: Pick<Document, 'visibilityState'>
  }
}

/** Caught on their way down from the window: `freeze` and `resume` happen to the document and do not bubble. */
const EVENTS = ['visibilitychange', 'freeze', 'resume', 'pagehide', 'pageshow'] as const

/** After these the page is gone for now, whatever its visibility still says. */
const GONE: ReadonlySet<string> = new Set(['freeze', 'pagehide'])

/**
 * Stands for leader of a scope while this tab is visible. Of all tabs that do, one leads: a tab that is hidden
 * or frozen makes way at once, one that is closed or crashes is released by the browser. Without Web Locks, and
 * where the browser refuses them or never answers, every visible tab leads.
 *
 * @param scope see `scopeOf`
 * @param onChange gets true when this tab begins to lead and false when it no longer does, before another begins
 * @returns stops, with a last false if this tab leads
 */
export function lead(
  scope: string,
  onChange: (leads: boolean) => void,
  { locks, page }: Surroundings = here(),
): () => void {
  let stepDown: (() => void) | null = null
  const leave = () => {
    stepDown?.()
    stepDown = null
  }
  const update = (event?: Event) => {
    const isThere = page.document.visibilityState === 'visible' && !GONE.has(event?.type ?? '')
    if (isThere) stepDown ??= stand(locks, leaderLock(scope), onChange)
    else leave()
  }
  for (const event of EVENTS) page.addEventListener(event, update, { capture: true })
  update()
  return () => {
    for (const event of EVENTS) page.removeEventListener(event, update, { capture: true })
    leave()
  }
}

const here = (): Surroundings => ({
  locks: 'locks' in navigator ? navigator.locks : null,
  page: window,
})

/** Queues for the lock, and holds it once it is granted. Returns the end of both. */
function stand(locks: Locks | null, name: string, onChange: (leads: boolean) => void): () => void {
  const term = new AbortController()
  const { signal } = term
  const serve = () =>
    new Promise<void>((resolve) => {
      // The lock may be granted in the very moment this tab steps down.
      if (signal.aborted) return resolve()
      signal.addEventListener('abort', () => {
        onChange(false)
        resolve()
      })
      onChange(true)
    })
  const standFor = async () => {
    try {
      if (!locks || !(await holdLock(locks, name, signal, serve))) await serve()
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
  void standFor()
  return () => term.abort()
}
