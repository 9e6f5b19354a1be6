import { ZERO_UUID, type Address, type Call, type Conference, type Direction } from './records.ts'
import type { Micros } from './time.ts'
import type { World } from './world.ts'

/** What call-manager does to a call: the steps of its flow, each with an event (voipbin-api.md 17). */

/** The action of a call that is in a bridge, or about to enter it. */
export const BRIDGE = 'confbridge_join'

export interface NewCall {
  /** The conference that its flow leads to. */
  readonly conference: Pick<Conference, 'flowId' | 'confbridgeId'>
  readonly direction: Direction
  readonly remote: Address
  readonly local: Address
}

/** A call as it is once in the bridge, not yet in the table. */
export function makeCall(world: World, wanted: NewCall, created: Micros): Call {
  const incoming = wanted.direction === 'incoming'
  return {
    id: world.ids.uuid(),
    activeflowId: world.ids.uuid(),
    flowId: wanted.conference.flowId,
    action: { id: world.ids.uuid(), type: BRIDGE, executed: created },
    ahead: [],
    confbridgeId: wanted.conference.confbridgeId,
    direction: wanted.direction,
    source: incoming ? wanted.remote : wanted.local,
    destination: incoming ? wanted.local : wanted.remote,
    status: 'progressing',
    ringing: created,
    progressing: created,
    hungUp: null,
    hangupBy: null,
    hangupReason: 'normal',
    muteDirection: null,
    created,
    updated: created,
    deleted: null,
  }
}

/** A call that is not answered yet, before the first action of its flow. */
export function startCall(world: World, wanted: NewCall): Call {
  const incoming = wanted.direction === 'incoming'
  const call: Call = {
    ...makeCall(world, wanted, world.now),
    action: { id: ZERO_UUID, type: '', executed: null },
    status: incoming ? 'ringing' : 'dialing',
    ringing: incoming ? world.now : null,
    progressing: null,
  }
  world.calls.insert(call)
  world.emit({ type: 'call_created', record: call })
  return call
}

/** A call is placed and answered: by the flow when it comes in, by the far end when it goes out. */
export function placeCall(world: World, wanted: NewCall): Call {
  const call = startCall(world, wanted)
  if (call.direction === 'incoming') takeAction(world, call, 'answer')
  else {
    call.status = 'ringing'
    call.ringing = call.updated = world.now
    world.emit({ type: 'call_ringing', record: call })
  }
  answerCall(world, call)
  return call
}

export function answerCall(world: World, call: Call): void {
  call.status = 'progressing'
  call.progressing = call.updated = world.now
  world.emit({ type: 'call_progressing', record: call })
}

/** The flow takes an action. */
export function takeAction(world: World, call: Call, type: string): void {
  call.action = { id: world.ids.uuid(), type, executed: world.now }
  tellOfCall(world, call)
}

/** Takes the next of the actions ahead; false when there is none. */
export function nextAction(world: World, call: Call): boolean {
  const [type, ...rest] = call.ahead
  if (type === undefined) return false
  call.ahead = rest
  takeAction(world, call, type)
  return true
}

/** Takes the rest of the pre-flow first; entering the bridge answers the call, and publishes one more event. */
export function goIntoBridge(world: World, call: Call): void {
  if (call.status === 'ringing') answerCall(world, call)
  while (call.action.type !== BRIDGE) {
    if (!nextAction(world, call)) takeAction(world, call, BRIDGE)
  }
  tellOfCall(world, call)
}

/** Leaving a bridge publishes two events (voipbin-api.md 17). */
export function leaveBridgeWith(world: World, call: Call): void {
  tellOfCall(world, call)
  tellOfCall(world, call)
}

/** Publishes a `call_updated`; a call that has ended has no more events. */
export function tellOfCall(world: World, call: Call): void {
  if (call.status === 'hangup') return
  call.updated = world.now
  world.emit({ type: 'call_updated', record: call })
}
