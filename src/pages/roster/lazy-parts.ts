import { useEffect } from 'react'
import { lazy } from '~/ui/lazy.ts'

export const ParticipantPanel = lazy(
  async () => (await import('./panel/ParticipantPanel.tsx')).ParticipantPanel,
)
export const RemovalDialog = lazy(
  async () => (await import('./dialogs/RemovalDialog.tsx')).RemovalDialog,
)
export const TicketDialog = lazy(
  async () => (await import('./dialogs/TicketDialog.tsx')).TicketDialog,
)
export const HangUpDialog = lazy(
  async () => (await import('./dialogs/HangUpDialog.tsx')).HangUpDialog,
)
export const MuteDialog = lazy(async () => (await import('./dialogs/MuteDialog.tsx')).MuteDialog)
export const SayDialog = lazy(async () => (await import('./dialogs/SayDialog.tsx')).SayDialog)
/** It knows the numbers of all countries, which is large, and needs the network anyway: it is not loaded ahead. */
export const DialDialog = lazy(async () => (await import('../dial/DialDialog.tsx')).DialDialog)

const AHEAD = [ParticipantPanel, RemovalDialog, HangUpDialog, TicketDialog, MuteDialog, SayDialog]

/** Loads the code of panel and dialogs right after the first rows: when it is needed the network may be gone. */
export function useLazyPartsAhead(hasRows: boolean): void {
  useEffect(() => {
    if (!hasRows) return
    const timer = setTimeout(() => {
      for (const { preload } of AHEAD) void preload()
    })
    return () => clearTimeout(timer)
  }, [hasRows])
}
