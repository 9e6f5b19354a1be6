import { answerCall, startCall, takeAction } from './calls.ts'
import { endCall } from './conferencing.ts'
import { ZERO_UUID, type Address, type Call } from './records.ts'
import { SECOND } from './time.ts'
import type { World } from './world.ts'

/** How many calls that have nothing to do with conferences go on at once. */
const CALLS = 20

/** The steps of each of these calls, one frame a step. */
const STEPS: readonly ((world: World, call: Call) => void)[] = [
  (world, call) => takeAction(world, call, 'answer'),
  answerCall,
  (world, call) => takeAction(world, call, 'talk'),
  (world, call) => takeAction(world, call, 'digits_receive'),
  (world, call) => takeAction(world, call, 'talk'),
  (world, { id }) => endCall(world, id, 'remote'),
]

const HOTLINE: Address = { type: 'tel', target: '+15559870099' }

interface Line {
  readonly call: Call
  readonly steps: number
}

/** Starts so many frames a second about other calls; 0 ends them. */
export function makeOtherCalls(world: World, framesPerSecond: number): void {
  world.otherCalls = framesPerSecond === 0 ? undefined : { framesPerSecond }
  tellNext(world, world.otherCalls, [], 0)
}

function tellNext(
  world: World,
  order: World['otherCalls'],
  lines: readonly Line[],
  turn: number,
): void {
  // The rate was set anew meanwhile.
  if (order === undefined || world.otherCalls !== order) return
  const next = [...lines]
  next[turn] = stepLine(world, lines[turn])
  world.after(SECOND / order.framesPerSecond, () =>
    tellNext(world, order, next, (turn + 1) % CALLS),
  )
}

function stepLine(world: World, line: Line | undefined): Line {
  const step = line && STEPS[line.steps]
  if (line === undefined || step === undefined) return { call: ring(world), steps: 0 }
  step(world, line.call)
  return { call: line.call, steps: line.steps + 1 }
}

function ring(world: World): Call {
  return startCall(world, {
    conference: { flowId: world.ids.uuid(), confbridgeId: ZERO_UUID },
    direction: 'incoming',
    remote: { type: 'tel', target: `+1555${world.ids.text('0123456789', 7)}` },
    local: HOTLINE,
  })
}
