import { json, ok, type Exchange, type Reply } from '../http/reply.ts'
import type { Tenant } from '../http/tenants.ts'
import { audioOf } from '../world/audio.ts'
import { Input, required } from './input.ts'

/** What is audible of a call, whatever its record says (README.md, Audio, recordings and money). */
export function getAudio({ world }: Tenant, id: string): Reply {
  const call = world.calls.get(id)
  if (call === undefined) return json(404, { error: `There is no call ${id}.` })
  const { mutedIn, mutedOut, music, held, silence, said } = audioOf(world, call)
  return ok({
    heard: !mutedIn,
    hears: !mutedOut && !music && !silence,
    music,
    held,
    silence,
    said: [...said],
  })
}

/** The switches of what the customer may spend and have (README.md, Audio, recordings and money). */
export const SWITCH_ROUTES: Readonly<Record<string, (tenant: Tenant, request: Exchange) => Reply>> =
  {
    'POST verified': (tenant, request) => {
      tenant.verified = switchIn(request, 'verified')
      return ok({ verified: tenant.verified })
    },
    'POST balance': (tenant, request) => {
      tenant.balance = switchIn(request, 'balance')
      return ok({ balance: tenant.balance })
    },
    'POST quota': (tenant, request) => {
      const input = Input.parse(request.body)
      tenant.conferenceQuota = input.integer('conferences')
      input.done()
      return ok({ conferences: tenant.conferenceQuota ?? null })
    },
  }

function switchIn(request: Exchange, name: string): boolean {
  const input = Input.parse(request.body)
  const on = required(input.boolean(name), name)
  input.done()
  return on
}
