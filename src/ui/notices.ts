import { useSyncExternalStore } from 'react'

/** Something an action must tell, which stays until it is read. */
export interface Notice {
  readonly id: number
  readonly title: string
  readonly text: string
  /** Reason and request id, or empty. */
  readonly trace: string
}

let notices: readonly Notice[] = []
let lastId = 0
const listeners = new Set<() => void>()

function become(next: readonly Notice[]): void {
  notices = next
  for (const listener of listeners) listener()
}

/** Tells the person something, wherever they are in the app. */
export function notify(notice: Omit<Notice, 'id'>): void {
  lastId += 1
  become([...notices, { ...notice, id: lastId }])
}

/** Takes a notice away, or all of them. */
export const dismiss = (id?: number): void =>
  become(id === undefined ? [] : notices.filter((notice) => notice.id !== id))

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The notices nobody has dismissed yet, oldest first. */
export const useNotices = (): readonly Notice[] => useSyncExternalStore(subscribe, () => notices)
