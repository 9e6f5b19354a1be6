import { focusManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

const subscribe = (listener: () => void): (() => void) => focusManager.subscribe(listener)
const isFocused = (): boolean => focusManager.isFocused()

/** Whether this tab is visible: hidden tabs read nothing for the screen. */
export const useIsVisible = (): boolean => useSyncExternalStore(subscribe, isFocused)
