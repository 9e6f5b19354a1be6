import { createContext } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { Control, Verdict } from '~/domain/capability.ts'

/** What can be done from a row. The page provides it: cells know neither URLs nor mutations. */
export interface RowActions {
  /** The name of a conference, or of none. */
  readonly conferenceOf: (id: string | null) => string
  readonly askRemoval: (row: ParticipantRow) => void
  readonly askHangUp: (row: ParticipantRow) => void
  /** Requests this at once, without a question: it can be taken back. */
  readonly control: (kind: Exclude<Control, 'say'>, row: ParticipantRow) => void
  readonly askSay: (row: ParticipantRow) => void
  /** Offers to call the number of a participant that has left. */
  readonly askCallBack: (row: ParticipantRow) => void
  /** Opens everything that can be done to the participant, as a menu below the button. */
  readonly openMenu: (row: ParticipantRow, anchor: Element) => void
  /** A verdict as it is now: nothing is allowed while the browser is offline. */
  readonly mayNow: (verdict: Verdict) => Verdict
}

export const RowActionsContext = createContext<RowActions>({
  conferenceOf: () => '',
  askRemoval: () => undefined,
  askHangUp: () => undefined,
  control: () => undefined,
  askSay: () => undefined,
  askCallBack: () => undefined,
  openMenu: () => undefined,
  mayNow: (verdict) => verdict,
})

/**
 * The address of the page with a participant's panel open. Apart from the actions: each key in the filter changes it, and
 * only what links there is drawn again.
 */
export const PanelContext = createContext<(id: string) => string>(() => '')
