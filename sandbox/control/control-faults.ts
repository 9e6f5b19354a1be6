import { TOKEN_MODES } from './fault-pages.ts'
import {
  ANSWER_KINDS,
  DATA_KINDS,
  LINE_KINDS,
  PAGE_KINDS,
  type Fault,
  type FaultPlan,
} from './faults.ts'
import { BadInput, Input, required } from './input.ts'
import type { Json } from '../world/json.ts'
import { empty, json, ok, type Exchange, type Reply } from '../http/reply.ts'
import type { Tenant } from '../http/tenants.ts'
import type { Controls } from './control.ts'

const KINDS = [...ANSWER_KINDS, ...LINE_KINDS, ...DATA_KINDS, ...PAGE_KINDS] as const

/** The faults still waiting (README.md, Faults). */
export function getFaults(tenant: Tenant, _request: Exchange, { faults }: Controls): Reply {
  return ok({ faults: faults.of(tenant).ordered.map(faultJson) })
}

/** Clears all faults that were ordered. */
export function clearFaults(tenant: Tenant, _request: Exchange, { faults }: Controls): Reply {
  faults.of(tenant).ordered.length = 0
  return empty(204)
}

/** Adds a fault to a tenant's list (README.md, Faults). */
export function addFault(tenant: Tenant, request: Exchange, { faults }: Controls): Reply {
  const input = Input.parse(request.body)
  const optional = {
    method: input.string('method'),
    status: input.integer('status', 200),
    reason: input.string('reason'),
    message: input.string('message'),
    location: input.string('location'),
    field: input.string('field'),
    id: input.string('id'),
    mode: input.oneOf('mode', TOKEN_MODES),
  }
  const given = Object.fromEntries(
    Object.entries(optional).filter(([, value]) => value !== undefined),
  )
  const plan: FaultPlan = {
    kind: required(input.oneOf('kind', KINDS), 'kind'),
    path: input.requiredString('path'),
    stage: input.oneOf('stage', ['before', 'after']) ?? 'before',
    row: input.integer('row') ?? 0,
    ms: input.number('ms') ?? 3000,
    ...given,
  }
  const fault: Fault = {
    plan,
    count: countFrom(input),
    skip: input.integer('skip') ?? 0,
  }
  input.done()
  faults.of(tenant).ordered.push(fault)
  return json(201, faultJson(fault))
}

function countFrom(input: Input): number {
  const count = input.integer('count', -1) ?? 1
  if (count === 0) throw new BadInput('"count" must be at least 1, or -1 for "until cleared".')
  return count
}

/** A fault as the control path shows it. */
function faultJson({ plan, count, skip }: Fault): { readonly [key: string]: Json } {
  return { count, skip, ...plan }
}
