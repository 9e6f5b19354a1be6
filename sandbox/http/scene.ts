import type { Micros } from '../world/time.ts'
import type { Identity } from './auth.ts'
import type { Exchange, Reply } from './reply.ts'
import type { Platform, Tenant } from './tenants.ts'

/** What a handler of `/v1.0` works with; `tenant` is the caller's own customer. */
export interface Scene {
  readonly platform: Platform
  readonly tenant: Tenant
  readonly identity: Identity
  readonly request: Exchange
  readonly now: Micros
}

/** The WebSockets as far as HTTP needs them; `push/` implements it. */
export interface PushGateway {
  /** Publishes what changes in this customer's world from now on. */
  watch(tenant: Tenant): void
  /** Drops the sockets of a customer that is gone. */
  forget(customerId: string): void
  /** Lets time pass for the open sockets. */
  tick(now: Micros): void
  /** GET /v1.0/ws (voipbin-api.md 9.1). */
  open(scene: Scene): Reply
}
