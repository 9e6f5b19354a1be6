import { isObject, tryParse, type Json, type JsonObject } from '../world/json.ts'
import { ZERO_UUID } from '../world/records.ts'
import { failures } from './failures.ts'
import type { Exchange } from './reply.ts'
import { UUID } from './resources.ts'

/** Bodies as Go binds them: no body, or a field of the wrong type, is an INVALID_JSON_BODY; null is as absent. */

/** The JSON object of a request that must have one (voipbin-api.md 15). */
export function jsonBody({ body }: Exchange): JsonObject {
  const value = tryParse(body)
  if (!isObject(value)) throw failures.invalidJsonBody()
  return value
}

/** A text; empty when absent. */
export function textIn(body: JsonObject, name: string): string {
  const value = body[name] ?? ''
  if (typeof value !== 'string') throw failures.invalidJsonBody()
  return value
}

/** A whole number; 0 when absent. */
export function integerIn(body: JsonObject, name: string): number {
  const value = body[name] ?? 0
  if (typeof value !== 'number' || !Number.isInteger(value)) throw failures.invalidJsonBody()
  return value
}

/** An object; empty when absent. */
export function objectIn(body: JsonObject, name: string): JsonObject {
  const value = body[name] ?? {}
  if (!isObject(value)) throw failures.invalidJsonBody()
  return value
}

/** A list of objects; empty when absent. */
export function objectsIn(body: JsonObject, name: string): readonly JsonObject[] {
  const value: Json = body[name] ?? []
  if (!Array.isArray(value)) throw failures.invalidJsonBody()
  return value.map((one: Json) => {
    if (!isObject(one)) throw failures.invalidJsonBody()
    return one
  })
}

/** An id; what is no UUID counts as none. */
export function idIn(body: JsonObject, name: string): string {
  const value = textIn(body, name)
  return UUID.test(value) ? value.toLowerCase() : ZERO_UUID
}
