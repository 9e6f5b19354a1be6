import { describe, expect, it, vi } from 'vitest'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { end } from '~/wire/session.ts'
import { signIn } from '~/testing/socket.fixture.ts'
import { INTERVAL, liveRig, statusIn } from '~/testing/live.fixture.ts'

const { world, asked, answered, openTab, last, living } = liveRig()

const HEAD = '/v1.0/conferencecalls?page_size=100'

const ann = participantOf({ id: 'ann' })
const bob = participantOf({ id: 'bob', createdAt: THEN + 1 })

describe('an interrupted session', () => {
  it('ends the term, sends no request, and goes on at once with the next session, push too', async () => {
    world.participants = [ann]
    const tab = openTab()
    await answered()
    last().accept()
    await answered()
    end('refused')
    expect(tab.leads).toBe(false)
    expect(living()).toBe(0)
    asked()
    world.participants = [bob, ann]
    await vi.advanceTimersByTimeAsync(20 * INTERVAL)
    expect(asked()).toEqual([])
    expect(tab.known).toEqual({ ann: 'joined' })
    signIn({ kind: 'token', token: 'new' })
    await answered()
    expect(tab.leads).toBe(true)
    expect(asked()).toContain(HEAD)
    expect(tab.known).toEqual({ ann: 'joined', bob: 'joined' })
    expect(living()).toBe(1)
    expect(last().url.searchParams.get('token')).toBe('new')
  })

  it('in the middle of a poll is no failure: the poll is sent with the next session', async () => {
    const tab = openTab()
    await answered()
    world.instead = () => new Response('', { status: 401 })
    tab.live.refresh()
    await answered()
    expect(tab.leads).toBe(false)
    expect(statusIn(tab)).toMatchObject({ failure: null, failures: 0 })
    await vi.advanceTimersByTimeAsync(INTERVAL)
    world.instead = null
    world.participants = [ann]
    signIn({ kind: 'token', token: 'new' })
    await answered()
    expect(tab.known).toEqual({ ann: 'joined' })
    expect(statusIn(tab)).toMatchObject({ failure: null, failures: 0 })
  })

  it('of all tabs is followed by one that leads', async () => {
    const [first, second] = [openTab(), openTab()]
    await answered()
    end('refused')
    expect([first.leads, second.leads]).toEqual([false, false])
    signIn({ kind: 'token', token: 'new' })
    await answered()
    expect([first.leads, second.leads].filter(Boolean)).toHaveLength(1)
    expect(living()).toBe(1)
  })
})
