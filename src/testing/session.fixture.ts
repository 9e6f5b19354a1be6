import type { Session } from '~/domain/session.ts'

/** A session with a token that does not end, unless stated otherwise. */
export const sessionOf = (wish: Partial<Session> = {}): Session => ({
  credential: { kind: 'token', token: 'jwt' },
  name: 'Sam',
  username: 'sam',
  customerId: 'c',
  permission: 32,
  expiresAt: null,
  ...wish,
})
