import { vi } from 'vitest'

/** A request as the network sees it. */
export interface Sent {
  readonly url: URL
  readonly init: RequestInit
}

type Answer = (sent: Sent) => Response | Promise<Response>

/** Replaces the network by `answer`. Returns the requests, oldest first; the array grows. */
export function stubFetch(answer: Answer): readonly Sent[] {
  const all: Sent[] = []
  const fetch = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const sent = { url: new URL(address, 'https://page.example'), init }
    all.push(sent)
    const response = await answer(sent)
    init.signal?.throwIfAborted()
    return response
  }
  vi.stubGlobal('fetch', fetch)
  return all
}

export const json = (body: unknown, init?: ResponseInit): Response =>
  new Response(JSON.stringify(body), init)

/** The response that a browser makes of a redirect it must not follow. */
export const redirected = (): Response =>
  Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })

/** Replaces sessionStorage by an empty one, and returns its content. */
export function stubStorage(): Map<string, string> {
  const held = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  })
  return held
}

/** The reason of a rejection; throws when the promise is fulfilled. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('this should have been rejected')
}
