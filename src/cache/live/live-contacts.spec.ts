import { QueryObserver } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { contactsQuery } from '~/cache/roster/contacts.ts'
import { json, type Sent } from '~/testing/fetch.fixture.ts'
import { liveRig } from '~/testing/live.fixture.ts'

const { world, asked, answered, openTab } = liveRig()

type Tab = ReturnType<typeof openTab>

const nameless = { name: '', number: '+15551230005' }

/** A server whose contacts know a number, or do not. */
const serve = (name: string | null) => {
  world.instead = ({ url }: Sent) => {
    if (!url.pathname.startsWith('/v1.0/contacts/')) return json({ result: [] })
    if (name !== null) return json({ id: 'contact', display_name: name })
    return json({ error: { reason: 'CONTACT_NOT_FOUND' } }, { status: 404 })
  }
}

const drawCaller = ({ client, leads }: Tab): void => {
  const drawn = { place: 'table', calls: ['a'] } as const
  new QueryObserver(client, contactsQuery(client, drawn, leads)).subscribe(() => {})
}

describe('contacts', () => {
  it.each([['Grace'], [null]])(
    'are looked up by one of the tabs that draw a caller, when it has %j',
    async (name) => {
      serve(name)
      const tabs = [openTab(), openTab(), openTab()]
      await answered()
      expect(tabs.map(({ leads }) => leads)).toEqual([true, false, false])
      tabs[0]?.callers.apply([['a', nameless]])
      await answered()
      asked()
      for (const tab of tabs) drawCaller(tab)
      await vi.advanceTimersByTimeAsync(60_000)
      const lookUps = asked().filter((path) => path.startsWith('/v1.0/contacts/'))
      expect(lookUps).toEqual(['/v1.0/contacts/lookup?phone=%2B15551230005'])
      for (const { callers } of tabs)
        expect(callers.get('a')).toEqual({ ...nameless, contact: name ?? '' })
    },
  )

  it('are looked up by a tab that follows, when the leader does not draw the caller', async () => {
    serve('Grace')
    const [first, second] = [openTab(), openTab()]
    await answered()
    second.callers.apply([['a', nameless]])
    drawCaller(second)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(first.callers.get('a')).toEqual({ ...nameless, contact: 'Grace' })
  })
})
