import { createContext } from 'react'

/** Milliseconds after which a removed participant should be gone. Provided by the page. */
export const RemovalLimitContext = createContext(15_000)
