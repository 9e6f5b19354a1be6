import { createContext, use } from 'react'
import type { Config } from './config.ts'

/** Provided by main.tsx around the whole app. */
export const ConfigContext = createContext<Config | null>(null)

/** The settings of this installation. */
export function useConfig(): Config {
  const config = use(ConfigContext)
  if (!config) throw new Error('useConfig needs a ConfigContext around it')
  return config
}

/** Milliseconds after which what was asked for should have come true, as this installation has it. */
export const useRemovalLimit = (): number => useConfig().removalLimitSeconds * 1000

/** Milliseconds between two polls without push, as this installation has it. */
export const useBaseInterval = (): number => useConfig().pollSeconds * 1000
