import type { Json } from '../world/json.ts'
import { dig, freshTenant, startRig, text, type Answer } from './spec-support.ts'

/** A caller in a conference of a fresh tenant, and the requests that a spec makes about it. */
export async function newCaller(fields: Record<string, Json> = {}) {
  const rig = await startRig()
  const tenant = await freshTenant(rig)
  const { token } = tenant
  const conference = text(tenant.body, 'conferences', 0, 'id')
  const dialled = await tenant.act('dial-in', { conference, ...fields })
  const participant = text(dialled, 'participant')
  const call = text(dialled, 'call')
  rig.advance(1_000_000)
  const path = `/v1.0/conferencecalls/${participant}`
  const body = async (of: string): Promise<unknown> => (await rig.ask(of, { token })).body
  return {
    rig,
    tenant,
    conference,
    participant,
    call,
    kick: async (): Promise<Answer> => rig.ask(path, { method: 'DELETE', token }),
    hangUp: async (): Promise<Answer> =>
      rig.ask(`/v1.0/calls/${call}/hangup`, { method: 'POST', token }),
    row: async () => body(path),
    status: async () => dig(await body(path), 'status'),
    listed: async () => dig(await body(`/v1.0/conferences/${conference}`), 'conferencecall_ids'),
    callRow: async () => body(`/v1.0/calls/${call}`),
    callStatus: async () => dig(await body(`/v1.0/calls/${call}`), 'status'),
    act: async (name: string, more: Record<string, Json> = {}) =>
      tenant.act(name, { participant, ...more }),
  }
}
