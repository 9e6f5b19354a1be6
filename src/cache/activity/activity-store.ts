import { isPending, type Action, type Batch } from '~/domain/action.ts'
import { Listeners } from '~/util/listeners.ts'

/** What one account has done from this browser and is still doing, as of one moment. */
export interface Activity {
  /** By id, oldest first. */
  readonly actions: ReadonlyMap<string, Action>
  readonly batches: ReadonlyMap<string, Batch>
  /** False where the browser forbids storage: then it is lost with the last tab. Null while unknown. */
  readonly isKept: boolean | null
}

/** A change to be made. Of two versions of the same entry the newer stays, so that tabs agree. */
export interface ActivityChange {
  readonly actions?: readonly Action[]
  readonly batches?: readonly Batch[]
  readonly isKept?: boolean
  /** Ids of entries to be forgotten. */
  readonly forgotten?: readonly string[]
}

/** Whether a change was made here, or read from the browser's storage or another tab: the latter is kept already. */
export type Origin = 'here' | 'kept'

/** A change that was made: the entries that are new or newer, and the ids of those that are gone. */
export interface ChangeSet {
  readonly actions: readonly Action[]
  readonly batches: readonly Batch[]
  readonly forgotten: readonly string[]
  readonly origin: Origin
}

/**
 * The activity of one account. A change costs what it changes: entries are changed in place and subscribers are told
 * which. A picture for React is made when it is asked for, at most once for each change.
 */
export class ActivityStore {
  readonly #actions = new Map<string, Action>()
  readonly #batches = new Map<string, Batch>()
  #isKept: boolean | null = null
  /** Copies for the picture; null once they are out of date. */
  #actionsCopy: Activity['actions'] | null = null
  #batchesCopy: Activity['batches'] | null = null
  #picture: Activity | null = null
  readonly #listeners = new Listeners<[ChangeSet]>()

  /** By id, oldest first, as of now: it changes under its reader. */
  get actions(): ReadonlyMap<string, Action> {
    return this.#actions
  }

  /** The same of the batches. */
  get batches(): ReadonlyMap<string, Batch> {
    return this.#batches
  }

  /** A picture that does not change; the same one while nothing has. */
  get = (): Activity => {
    const actions = (this.#actionsCopy ??= new Map(this.#actions))
    const batches = (this.#batchesCopy ??= new Map(this.#batches))
    return (this.#picture ??= { actions, batches, isKept: this.#isKept })
  }

  readonly subscribe = this.#listeners.subscribe

  /** Makes a change, and tells what came of it if anything did. */
  apply(change: ActivityChange, origin: Origin = 'here'): void {
    const actions = absorb(this.#actions, change.actions ?? [])
    const batches = absorb(this.#batches, change.batches ?? [])
    const ids = change.forgotten ?? []
    const forgottenActions = ids.filter((id) => this.#actions.delete(id))
    const forgottenBatches = ids.filter((id) => this.#batches.delete(id))
    const forgotten = [...forgottenActions, ...forgottenBatches]
    const isKept = change.isKept ?? this.#isKept
    const isSame =
      actions.length + batches.length + forgotten.length === 0 && isKept === this.#isKept
    if (isSame) return
    this.#isKept = isKept
    if (actions.length + forgottenActions.length > 0) this.#actionsCopy = null
    if (batches.length + forgottenBatches.length > 0) this.#batchesCopy = null
    this.#tell({ actions, batches, forgotten, origin })
  }

  /** Drops what is held, and nothing of what is kept in the browser. */
  clear(): void {
    this.#actions.clear()
    this.#batches.clear()
    this.#isKept = null
    this.#actionsCopy = null
    this.#batchesCopy = null
    this.#tell({ actions: [], batches: [], forgotten: [], origin: 'kept' })
  }

  #tell(change: ChangeSet): void {
    this.#picture = null
    this.#listeners.tell(change)
  }
}

/** Takes those up that are new or newer, and returns them. */
function absorb<T extends Action | Batch>(held: Map<string, T>, some: readonly T[]): readonly T[] {
  return some.filter((one) => {
    const isNew = isNewer(one, held.get(one.id))
    if (isNew) held.set(one.id, one)
    return isNew
  })
}

/**
 * Whether this version takes the place of another. Of two changes made at once by two tabs the heavier stays, in both:
 * that by which less is sent.
 */
const isNewer = <T extends Action | Batch>(one: T, before: T | undefined): boolean =>
  before?.revision === one.revision
    ? weightOf(before) < weightOf(one)
    : (before?.revision ?? -1) < one.revision

const weightOf = (one: Action | Batch): string =>
  'state' in one
    ? `${one.state === 'withdrawn' ? 1 : 0}`
    : `${one.paused === null ? 0 : 1} ${one.tab}`

/** Those of which there is no version, or an older one, among the others. */
export const newerOf = <T extends Action | Batch>(
  some: Iterable<T>,
  others: readonly T[],
): readonly T[] => {
  const before = new Map(others.map((one) => [one.id, one]))
  return [...some].filter((one) => isNewer(one, before.get(one.id)))
}

/** Ids of everything but what is still to be done. */
export function settledOf({
  actions,
  batches,
}: Pick<Activity, 'actions' | 'batches'>): readonly string[] {
  const open = new Set<string>()
  for (const action of actions.values()) {
    if (isPending(action)) open.add(action.id).add(action.batch)
  }
  return [...actions.keys(), ...batches.keys()].filter((id) => !open.has(id))
}
