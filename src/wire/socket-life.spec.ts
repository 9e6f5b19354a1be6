import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { CUSTOMER, frame, socketRig, type FakeSocket } from '~/testing/socket.fixture.ts'
import { keepSocket, type KeptSocket } from './socket.ts'

const MINUTE = 60_000

const { states, batches, sockets, state, wait, pause, last, living, keep } = socketRig()

/** Every event that a dropped socket may still send. */
function haunt(socket: FakeSocket): void {
  socket.accept()
  socket.say(frame(666))
  socket.fail(1000)
}

describe('restart', () => {
  it('connects at once and ignores the old socket', () => {
    const kept = keep()
    const old = last()
    old.accept()
    old.say(frame(1))
    const before = states.length
    kept.restart()
    expect(old.isLiving).toBe(false)
    haunt(old)
    vi.advanceTimersByTime(1000)
    expect(batches).toEqual([])
    expect(states.slice(before)).toEqual([{ kind: 'connecting' }])
    expect(old.sent).toHaveLength(1)
    last().accept()
    expect(last().sent).toEqual(old.sent)
  })

  it('ends a wait', () => {
    const kept = keep()
    last().fail()
    kept.restart()
    expect(sockets).toHaveLength(2)
    wait()
    vi.advanceTimersByTime(5000)
    expect(sockets).toHaveLength(2)
  })

  it('forgets earlier failures', () => {
    const kept = keep()
    for (let failed = 0; failed < 4; failed += 1) {
      last().fail()
      wait()
    }
    kept.restart()
    last().fail()
    expect(state()?.kind).toBe('waiting')
    expect(pause()).toBe(1000)
  })

  it('remembers that the server has accepted a connection', () => {
    const kept = keep()
    last().accept()
    kept.restart()
    for (let failed = 0; failed < 6; failed += 1) {
      last().fail()
      expect(state()?.kind).toBe('waiting')
      wait()
    }
  })

  it('may be called by onState', () => {
    let restarts = 0
    const socket = keepSocket({
      customerId: CUSTOMER,
      onState: ({ kind }) => {
        if (kind === 'connecting' || restarts >= 3) return
        restarts += 1
        socket.restart()
      },
      onEvents: () => undefined,
    })
    for (let tries = 0; tries < 3; tries += 1) last().fail()
    expect([sockets.length, living()]).toEqual([4, 1])
    socket.stop()
  })
})

describe('stop', () => {
  it.each([
    ['connecting', () => undefined],
    ['open', () => last().accept()],
    ['waiting', () => last().fail()],
  ])('is final while %s', (_name, arrange) => {
    const kept = keep()
    arrange()
    last().say(frame(1))
    const before = [...states]
    kept.stop()
    expect(living()).toBe(0)
    for (const socket of sockets) haunt(socket)
    kept.restart()
    vi.advanceTimersByTime(60 * MINUTE)
    expect([sockets.length, states, batches]).toEqual([1, before, []])
  })

  it('may be called by onState while the connection opens', () => {
    const socket = keepSocket({
      customerId: CUSTOMER,
      onState: ({ kind }) => kind === 'open' && socket.stop(),
      onEvents: (events) => batches.push(events),
    })
    last().accept()
    haunt(last())
    vi.advanceTimersByTime(60 * MINUTE)
    expect([living(), sockets.length, batches]).toEqual([0, 1, []])
  })
})

/** Milliseconds from the end of each socket to the next one, except those after a restart. */
const gaps = (asked: ReadonlySet<FakeSocket>): readonly number[] =>
  sockets.flatMap((socket, index) => {
    const before = sockets[index - 1]
    return before && !asked.has(socket) ? [socket.madeAt - (before.endedAt ?? Infinity)] : []
  })

describe('keepSocket', () => {
  const acts: Readonly<Record<string, (kept: KeptSocket) => unknown>> = {
    accept: () => last().isLiving && last().accept(),
    fail: () => last().isLiving && last().fail(),
    leave: () => last().isLiving && last().fail(1001),
    say: () => last().isLiving && last().say(frame(1)),
    haunt: () => sockets.filter(({ isLiving }) => !isLiving).forEach(haunt),
    wait,
    second: () => vi.advanceTimersByTime(1000),
    minute: () => vi.advanceTimersByTime(MINUTE),
    restart: (kept) => kept.restart(),
  }

  it('has at most one socket, waits at least 1 s between two, and never stops trying', () => {
    const names = fc.array(fc.constantFrom(...Object.keys(acts)), { maxLength: 60 })
    fc.assert(
      fc.property(names, (all) => {
        sockets.length = 0
        const kept = keep()
        const asked = new Set<FakeSocket>()
        for (const name of all) {
          acts[name]?.(kept)
          if (name === 'restart') asked.add(last())
          const isTrying = ['connecting', 'open'].includes(state()?.kind ?? '')
          expect([living(), vi.getTimerCount() > 0 || isTrying]).toEqual([isTrying ? 1 : 0, true])
        }
        expect(Math.min(1000, ...gaps(asked))).toBe(1000)
        expect(JSON.stringify(batches)).not.toContain('666')
        kept.stop()
        expect([living(), vi.getTimerCount()]).toEqual([0, 0])
      }),
    )
  })
})
