import { spoilToken, type TokenMode } from './fault-pages.ts'
import { goJson } from '../http/go-json.ts'
import { isObject, tryParse, type Json, type JsonObject } from '../world/json.ts'
import { ZERO_UUID } from '../world/records.ts'
import { empty, type Exchange, type Reply } from '../http/reply.ts'
import { Failure, failureReply, usualFailure } from '../http/failures.ts'

/** Faults that answer instead of the platform. */
export const ANSWER_KINDS = ['status', 'empty', 'html', 'malformed', 'redirect'] as const
/** Faults of the connection; `strip-body` is a proxy that drops the body of a request (voipbin-api.md 15). */
export const LINE_KINDS = ['truncated', 'hang', 'drop', 'slow', 'strip-body'] as const
/** Faults that spoil one row of an answer that is right otherwise. */
export const DATA_KINDS = [
  'unknown-status',
  'unknown-type',
  'missing-field',
  'null-field',
  'non-object-row',
  'other-record',
  'deep-field',
] as const

/** Faults of paging: a wrong `next_page_token`, or a `page_token` that is ignored. */
export const PAGE_KINDS = ['token', 'same-page'] as const

type FaultKind =
  | (typeof ANSWER_KINDS)[number]
  | (typeof LINE_KINDS)[number]
  | (typeof DATA_KINDS)[number]
  | (typeof PAGE_KINDS)[number]

export interface FaultPlan {
  readonly kind: FaultKind
  /** Exact, or a prefix when it ends in `*`. */
  readonly path: string
  readonly method?: string
  /** `after`: the handler's effect happens, then the fault answers. */
  readonly stage: 'before' | 'after'
  readonly status?: number
  readonly reason?: string
  readonly message?: string
  /** The `Location` of a redirect. */
  readonly location?: string
  readonly field?: string
  /** The id that replaces the record's own. */
  readonly id?: string
  /** Which row of a list a data fault spoils. */
  readonly row: number
  /** How a `token` goes wrong. */
  readonly mode?: TokenMode
  /** Milliseconds that a slow answer takes. */
  readonly ms: number
}

export interface Fault {
  readonly plan: FaultPlan
  /** How many more requests the fault hits; -1 = until cleared. */
  count: number
  /** How many more matching requests pass before it hits. */
  skip: number
}

/** Takes the fault that hits this request and counts it down; undefined if none does. */
export function takeFault(faults: Fault[], request: Exchange): FaultPlan | undefined {
  for (const fault of faults) {
    if (!matches(fault.plan, request)) continue
    if (fault.skip > 0) {
      fault.skip -= 1
      continue
    }
    if (fault.count > 0) fault.count -= 1
    if (fault.count === 0) faults.splice(faults.indexOf(fault), 1)
    return fault.plan
  }
  return undefined
}

function matches(plan: FaultPlan, request: Exchange): boolean {
  if (plan.method !== undefined && plan.method !== request.method) return false
  if (plan.path.endsWith('*')) return request.path.startsWith(plan.path.slice(0, -1))
  return plan.path === request.path
}

/** The reply of a request hit by `plan`; `handle` is the platform's own answer, asked for at most once. */
export async function spoil(
  plan: FaultPlan,
  request: Exchange,
  handle: () => Promise<Reply>,
): Promise<Reply> {
  const { requestId } = request
  if (plan.kind === 'token') return spoilToken(plan.mode ?? 'alternate', request, await handle())
  if (plan.stage === 'after' || needsAnswer(plan.kind)) {
    const real = await handle()
    return needsAnswer(plan.kind) ? spoilData(plan, real) : answer(plan, requestId)
  }
  return answer(plan, requestId)
}

function needsAnswer(kind: FaultKind): boolean {
  return isWhole(kind) || DATA_KINDS.some((data) => data === kind)
}

/** Whether the real answer is sent as it is. */
function isWhole(kind: FaultKind): boolean {
  return ['slow', 'truncated', 'same-page', 'strip-body'].includes(kind)
}

const USUAL_STATUS: Partial<Record<FaultKind, number>> = {
  html: 502,
  malformed: 200,
  redirect: 307,
}

function answer(plan: FaultPlan, requestId: string): Reply {
  const status = plan.status ?? USUAL_STATUS[plan.kind] ?? 500
  if (plan.kind === 'redirect') {
    return { status, headers: { Location: plan.location ?? '/' }, body: '' }
  }
  if (plan.kind === 'html') {
    const body = `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center></body>\r\n</html>\r\n`
    return { status, headers: { 'Content-Type': 'text/html' }, body }
  }
  if (plan.kind === 'malformed') {
    return {
      status,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: '{"result":[{"id":"b8aa',
    }
  }
  return plan.kind === 'status' ? failureReply(failureFor(plan, status), requestId) : empty(status)
}

/** The platform's own words for a status, unless the plan gives others. */
function failureFor(plan: FaultPlan, status: number): Failure {
  const usual = usualFailure(status)
  return new Failure(
    status,
    plan.reason ?? usual.reason,
    plan.message ?? usual.message,
    usual.extras,
  )
}

function spoilData(plan: FaultPlan, reply: Reply): Reply {
  const body = tryParse(reply.body)
  if (!isObject(body) || reply.status !== 200) return reply
  const rows = body['result']
  if (!Array.isArray(rows)) return { ...reply, body: written(spoilRow(plan, body)) }
  const result = rows.map((row: Json, index): Json =>
    index === plan.row ? spoilRow(plan, row) : row,
  )
  return { ...reply, body: written({ ...body, result }) }
}

/** Stands for a value that is nested too deep for any recursive encoder. */
const DEEP_MARK = '(deep)'

const DEEP = '['.repeat(100_000) + ']'.repeat(100_000)

const written = (body: Json): string => goJson(body).replace(`"${DEEP_MARK}"`, DEEP)

function spoilRow(plan: FaultPlan, row: Json): Json {
  if (plan.kind === 'non-object-row') return 'not an object'
  if (!isObject(row)) return row
  if (plan.kind === 'unknown-status') return { ...row, status: 'holding' }
  if (plan.kind === 'unknown-type') return unknownType(row)
  // As the platform's answers with a zero-valued record (voipbin-api.md 5.2).
  if (plan.kind === 'other-record') return { ...row, id: plan.id ?? ZERO_UUID }
  const field = plan.field ?? 'status'
  if (plan.kind === 'null-field') return { ...row, [field]: null }
  if (plan.kind === 'deep-field') return { ...row, [field]: DEEP_MARK }
  if (plan.kind !== 'missing-field') return row
  return Object.fromEntries(Object.entries(row).filter(([key]) => key !== field))
}

/** The row with an unknown type: of the participant's reference, or of the record itself. */
function unknownType(row: JsonObject): JsonObject {
  return 'reference_type' in row
    ? { ...row, reference_type: 'hologram' }
    : { ...row, type: 'hologram' }
}
