import { answerCall, startCall, takeAction } from './calls.ts'
import { endCall, enterBridge, startJoining } from './conferencing.ts'
import { stay } from './life.ts'
import { ZERO_UUID, type Address, type Call, type DialPlan } from './records.ts'
import { SECOND } from './time.ts'
import type { World } from './world.ts'

/** An action of the flow of a call that is dialled out. */
export interface DialAction {
  readonly type: string
  /** Of a `conference_join`. */
  readonly conferenceId: string | undefined
}

/** One call to make, and what its flow does once it is answered. */
export interface DialOrder {
  readonly source: Address
  readonly destination: Address
  readonly actions: readonly DialAction[]
}

const ANSWERED: DialPlan = { how: 'answered', after: undefined }

const REASONS = { busy: 'busy', 'no-answer': 'noanswer', failed: 'failed' } as const

/** POST /v1.0/calls: a call to each destination; the next plan is for all of them (voipbin-api.md 16). */
export function dialOut(world: World, orders: readonly DialOrder[]): readonly Call[] {
  const plan = world.dialPlans.shift() ?? ANSWERED
  return orders.map((order) => dial(world, order, plan))
}

function dial(world: World, order: DialOrder, plan: DialPlan): Call {
  const join = order.actions.find(({ type }) => type === 'conference_join')
  const confbridgeId = world.conferences.get(join?.conferenceId ?? '')?.confbridgeId ?? ZERO_UUID
  const call = startCall(world, {
    // Its flow is made for it.
    conference: { flowId: world.controlIds.uuid(), confbridgeId },
    direction: 'outgoing',
    remote: order.destination,
    local: order.source,
  })
  const after = plan.after ?? world.controlDice.between(2, 4) * SECOND
  // A line that is busy, or cannot be reached, does not ring.
  if (plan.how === 'answered' || plan.how === 'no-answer') {
    world.after(after / 2, () => ring(world, call))
  }
  world.after(after, () => {
    // Hung up in the meantime.
    if (call.status !== 'dialing' && call.status !== 'ringing') return
    if (plan.how === 'answered') pickUp(world, call, order.actions)
    else endCall(world, call.id, 'remote', REASONS[plan.how])
  })
  return call
}

function ring(world: World, call: Call): void {
  if (call.status !== 'dialing') return
  call.status = 'ringing'
  call.ringing = call.updated = world.now
  world.emit({ type: 'call_ringing', record: call })
}

/** The call is answered; its flow goes to the conference, or it ends when there is none to go to. */
function pickUp(world: World, call: Call, actions: readonly DialAction[]): void {
  answerCall(world, call)
  const at = actions.findIndex(({ type }) => type === 'conference_join')
  const before = at === -1 ? actions : actions.slice(0, at)
  for (const { type } of before) takeAction(world, call, type)
  const conference = world.conferences.get(actions[at]?.conferenceId ?? '')
  if (conference === undefined) {
    endCall(world, call.id, 'local')
    return
  }
  call.ahead = actions.slice(at + 1).map(({ type }) => type)
  const participant = startJoining(world, conference, call, [])
  world.after(world.controlDice.between(0.2, 0.6) * SECOND, () => {
    if (world.whereabouts.get(participant) !== 'pre-flow') return
    enterBridge(world, participant)
    stay(world, participant)
  })
}
