import type { Session } from '~/domain/session.ts'

/** Somebody signed in with a token that does not end, unless told otherwise. */
export const sessionOf = (wish: Partial<Session> = {}): Session => ({
  credential: { kind: 'token', token: 'jwt' },
  name: 'Sam',
  username: 'sam',
  customerId: 'c',
  permission: 32,
  expiresAt: null,
  ...wish,
})
