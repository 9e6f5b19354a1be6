import type { Json } from '../world/json.ts'
import { newCaller } from './caller-support.ts'
import { dig, type Answer, type Ask } from './spec-support.ts'

/** A caller, and the controls of its call and its conference. */
export async function controlledCaller(fields: Record<string, Json> = {}) {
  const caller = await newCaller(fields)
  const { rig, tenant, call, conference } = caller
  const { token } = tenant
  const send = async (method: string, path: string, body?: Ask['body']): Promise<Answer> =>
    rig.ask(`/v1.0${path}`, { method, token, ...(body === undefined ? {} : { body }) })
  const control = async (path: string, body?: Json, method = 'POST'): Promise<Answer> =>
    rig.control(`/tenants/${tenant.id}${path}`, body, method)
  return {
    ...caller,
    send,
    control,
    mute: async (body?: Ask['body']) => send('POST', `/calls/${call}/mute`, body),
    unmute: async (body?: Ask['body']) => send('DELETE', `/calls/${call}/mute`, body),
    /** `mute_direction` of the call on the wire. */
    recorded: async (of = call): Promise<unknown> =>
      dig((await send('GET', `/calls/${of}`)).body, 'mute_direction'),
    /** What is audible of a call, whatever its record says. */
    audio: async (of = call): Promise<unknown> =>
      (await control(`/calls/${of}/audio`, undefined, 'GET')).body,
    start: async (body: Ask['body'] = { format: 'wav', duration: 0, on_end_flow_id: '' }) =>
      send('POST', `/conferences/${conference}/recording_start`, body),
    stop: async () => send('POST', `/conferences/${conference}/recording_stop`),
    conferenceRow: async () => (await send('GET', `/conferences/${conference}`)).body,
    put: async (body: Ask['body']) => send('PUT', `/conferences/${conference}`, body),
  }
}
