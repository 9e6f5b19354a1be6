import { createContext } from 'react'

/** Milliseconds after which somebody who was removed should be gone. Provided by the page. */
export const RemovalLimitContext = createContext(15_000)
