import { createElement, use, type ComponentType } from 'react'
import { retryImport } from './retry-import.ts'

/** Code that is loaded apart from the page, once, and tried again until it is there. */
interface LazyCode<T> {
  /** Loads the code before it is needed. Never rejects. */
  readonly preload: () => Promise<T>
  /**
   * The code; suspends the component that calls it until the code is there. It must be the only hook of that component: of
   * several, React 19.2 loses count when the code arrives (error 520).
   */
  readonly useCode: () => T
}

/** Code that the first component that needs it loads, or `preload` before. */
export function lazyCode<T>(load: () => Promise<T>): LazyCode<T> {
  let loading: Promise<T> | undefined
  let loaded: T | undefined
  const start = async () => (loaded = await retryImport(load))
  const preload = () => (loading ??= start())
  // What is loaded already is drawn at once, without the fallback of the Suspense around it.
  return { preload, useCode: () => loaded ?? use(preload()) }
}

/** A component whose code is loaded as `lazyCode` does. It needs a Suspense around it. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>) {
  const { preload, useCode } = lazyCode(load)
  const LazyComponent = (props: P) => createElement(useCode(), props)
  return Object.assign(LazyComponent, { preload })
}
