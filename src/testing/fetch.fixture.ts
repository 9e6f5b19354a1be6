import { vi } from 'vitest'

/** A request as the network would see it. */
export interface Sent {
  readonly url: URL
  readonly init: RequestInit
}

type Answer = (sent: Sent) => Response | Promise<Response>

/** Puts `answer` in place of the network. Returns what was sent, oldest first; it grows as requests are made. */
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

/** What a browser makes of a redirect that it was told not to follow. */
export const redirected = (): Response =>
  Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })

/** Puts an empty sessionStorage in place of the browser's, and returns what it holds. */
export function stubStorage(): Map<string, string> {
  const held = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  })
  return held
}

/** What a promise was rejected with; a promise that is kept is the failure here. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('this should have been rejected')
}
