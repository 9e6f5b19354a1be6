import { describe, expect, it, vi } from 'vitest'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import type { RawRecord } from '~/domain/record.ts'
import call from '~/wire/fixtures/call.json'
import { INTERVAL, liveRig } from '~/testing/live.fixture.ts'

const { world, asked, answered, openTab, last } = liveRig()

const HEAD = '/v1.0/conferencecalls?page_size=100'

const ann = participantOf({ id: 'ann', status: 'joining', referenceId: call.id })

let moment = 0

/** A frame of a call at a step of its flow, newer than all before. */
const frameOf = (type: string, wish: RawRecord = {}): RawRecord => ({
  ...call,
  action: { id: type, type },
  tm_update: new Date(Date.UTC(2026, 0, 15, 9, 30) + moment++).toISOString(),
  ...wish,
})

/** A tab that has polled a while ago, and will not for a while. */
async function openOne() {
  const tab = openTab()
  await answered()
  last().accept()
  await vi.advanceTimersByTimeAsync(1000)
  asked()
  return tab
}

/** The server pushes a frame, and it is delivered. */
async function say(frame: RawRecord): Promise<void> {
  last().say(frame)
  await vi.advanceTimersByTimeAsync(60)
}

describe('a frame of a call', () => {
  it('leads to the newest page at once, and shows a participant that is joining', async () => {
    const tab = await openOne()
    world.participants = [ann]
    await say(frameOf('talk'))
    expect(asked()).toEqual([HEAD])
    expect(tab.known).toEqual({ ann: 'joining' })
  })

  it('leads to one more read of the newest page when it came before the record', async () => {
    const tab = await openOne()
    await say(frameOf('talk'))
    world.participants = [ann]
    await vi.advanceTimersByTimeAsync(800)
    expect(asked()).toEqual([HEAD, HEAD])
    expect(tab.known).toEqual({ ann: 'joining' })
  })

  it('costs two requests when the call has nothing to do with conferences', async () => {
    await openOne()
    await say(frameOf('talk'))
    await vi.advanceTimersByTimeAsync(INTERVAL / 2)
    expect(asked()).toEqual([HEAD, HEAD])
  })

  it('costs one request in 700 ms when fifty a second come', async () => {
    await openOne()
    for (let frames = 0; frames < 100; frames++) {
      last().say(frameOf('talk', { id: `call ${frames}` }))
      await vi.advanceTimersByTimeAsync(20)
    }
    // In two seconds.
    const requests = asked()
    expect(requests.length).toBeGreaterThanOrEqual(2)
    expect(requests.length).toBeLessThanOrEqual(4)
  })

  it('of a participant leads to its record when the call has ended', async () => {
    world.participants = [ann]
    const tab = await openOne()
    world.participants = [participantOf({ id: 'ann', status: 'leaved', updatedAt: THEN + 1 })]
    await say(frameOf('talk', { status: 'hangup' }))
    expect(asked()).toEqual(['/v1.0/conferencecalls/ann'])
    expect(tab.known).toEqual({ ann: 'leaved' })
  })

  it('of a participant that this tab has from another costs nothing', async () => {
    const follower = openTab('hidden')
    world.participants = [ann]
    const leader = await openOne()
    leader.show('hidden')
    follower.show('visible')
    await answered()
    last().accept()
    await vi.advanceTimersByTimeAsync(1000)
    asked()
    await say(frameOf('talk'))
    expect(asked()).toEqual([])
    await say(frameOf('talk', { id: 'other' }))
    expect(asked()).toEqual([HEAD])
  })

  it('leads to no request while the poll fails', async () => {
    const tab = await openOne()
    world.instead = () => new Response('', { status: 503 })
    tab.live.refresh()
    await answered()
    asked()
    await say(frameOf('talk'))
    await vi.advanceTimersByTimeAsync(300)
    expect(asked()).toEqual([])
    world.instead = null
    await vi.advanceTimersByTimeAsync(1500)
    expect(asked()).toEqual([HEAD])
    await say(frameOf('digits_receive'))
    await vi.advanceTimersByTimeAsync(800)
    expect(asked()).toContain(HEAD)
  })
})
