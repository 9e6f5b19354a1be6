/** The code of what is asked before something is done: not needed for the first rows, yet soon after them. */
export const loadEndDialog = () => import('./EndDialog.tsx')

export const loadHangUpDialog = () => import('./HangUpDialog.tsx')
