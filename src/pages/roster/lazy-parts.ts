import { useEffect } from 'react'
import { lazy } from '~/ui/lazy.ts'

export const ParticipantPanel = lazy(
  async () => (await import('./panel/ParticipantPanel.tsx')).ParticipantPanel,
)
export const QuestionDialog = lazy(
  async () => (await import('./dialogs/QuestionDialog.tsx')).QuestionDialog,
)

/** Loads the code of panel and dialogs right after the first rows: when it is needed the network may be gone. */
export function useLazyPartsAhead(hasRows: boolean): void {
  useEffect(() => {
    if (!hasRows) return
    const timer = setTimeout(() => {
      void ParticipantPanel.preload()
      void QuestionDialog.preload()
    })
    return () => clearTimeout(timer)
  }, [hasRows])
}
