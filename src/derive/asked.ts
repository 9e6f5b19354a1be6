import { isPending, latestBy, type Action } from '~/domain/action.ts'
import type { Permission } from '~/domain/capability.ts'

/** What was requested from here, by participant id. */
export interface Asked {
  /** The permission of the current account. */
  readonly permission: Permission
  readonly removals: ReadonlyMap<string, Action>
  readonly hangUps: ReadonlyMap<string, Action>
  /** Mutes and unmutes. */
  readonly mutes: ReadonlyMap<string, Action>
  /** Holds and their ends, from this tab only. */
  readonly holds: ReadonlyMap<string, Action>
}

/**
 * The latest action of each kind.
 *
 * @param isFromHere whether an action was requested in this tab
 */
export const askedOf = (
  actions: ReadonlyMap<string, Action>,
  permission: Permission,
  isFromHere: (action: Action) => boolean = () => true,
): Asked => ({
  permission,
  removals: latestBy(actions.values(), ['remove']),
  hangUps: latestBy(actions.values(), ['hang-up']),
  mutes: latestBy(actions.values(), ['mute', 'unmute']),
  holds: latestBy([...actions.values()].filter(isHold).filter(isFromHere), ['hold', 'unhold']),
})

/** Those under way and those the server said yes to: one that failed leaves the caller as it was. */
const isHold = (action: Action): boolean =>
  (action.kind === 'hold' || action.kind === 'unhold') &&
  (isPending(action) || action.goneAt !== null)
