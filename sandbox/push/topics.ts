import { ZERO_UUID } from '../world/records.ts'

/** The identity behind a socket, as far as topic rights go. */
export interface Subscriber {
  readonly customerId: string
  /** Undefined for an access key. */
  readonly agentId: string | undefined
  /** Is admin or manager of its customer. */
  readonly manages: boolean
  readonly superadmin: boolean
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether this topic may stand in a subscribe or unsubscribe (voipbin-api.md 9.2). */
export function mayName(subscriber: Subscriber, topic: string): boolean {
  if (subscriber.superadmin) return true
  const [scope, given = ''] = topic.split(':')
  // Ids are parsed before they are compared, so case matters only for the match, not for the permission.
  const id = given.toLowerCase()
  if (!UUID.test(id) || id === ZERO_UUID) return false
  if (scope === 'customer_id') return subscriber.manages && id === subscriber.customerId
  return scope === 'agent_id' && id === subscriber.agentId
}

/** The two topics every event is published under (voipbin-api.md 9.3). */
export function topicsOf(customerId: string, eventType: string, id: string): readonly string[] {
  const resource = eventType.split('_')[0] ?? ''
  const scope = `customer_id:${customerId}:${resource}`
  return [`${scope}:${id}`, `${scope}:${eventType}:${id}`]
}

/** The first two parts: what a subscription binds as a whole (voipbin-api.md quirk 23). */
export function scopeOf(topic: string): string {
  return topic.split(':', 2).join(':')
}

/** A command of a client (voipbin-api.md 9.2). */
export interface Command {
  readonly type: 'subscribe' | 'unsubscribe'
  readonly topics: readonly string[]
}

/** Reads a client's text frame; undefined for everything that is silently ignored (voipbin-api.md 9.2). */
export function readCommand(value: unknown): Command | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!('type' in value) || !('topics' in value)) return undefined
  const { type, topics } = value
  if (type !== 'subscribe' && type !== 'unsubscribe') return undefined
  if (!Array.isArray(topics) || topics.length === 0) return undefined
  const names = topics.filter((topic): topic is string => typeof topic === 'string')
  // A list of anything but strings does not fit the server's struct, which counts as "not JSON".
  return names.length === topics.length ? { type, topics: names } : undefined
}
