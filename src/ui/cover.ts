/** Below this width a panel beside the page covers it: Tailwind's `md`. */
const NARROW = '(width < 48rem)'

/**
 * Makes all that a panel covers inert while the window is narrow, so that the focus stays in the panel. What floats
 * above it (`data-above`) stays in reach. A ref callback: returns what ends it.
 */
export function coverPage(panel: HTMLElement): () => void {
  const narrow = matchMedia(NARROW)
  const covered = siblingsAround(panel)
  const update = () => {
    for (const element of covered) element.inert = narrow.matches
  }
  update()
  narrow.addEventListener('change', update)
  return () => {
    narrow.removeEventListener('change', update)
    for (const element of covered) element.inert = false
  }
}

/** The elements that contain neither the panel nor what floats above it, and no smaller ones inside them. */
function siblingsAround(panel: HTMLElement): readonly HTMLElement[] {
  const found: HTMLElement[] = []
  for (let inner = panel; inner.parentElement; inner = inner.parentElement) {
    for (const sibling of inner.parentElement.children) {
      const isAbove = sibling.matches('[data-above]') || sibling.querySelector('[data-above]')
      if (sibling instanceof HTMLElement && sibling !== inner && !isAbove) found.push(sibling)
    }
    if (inner.parentElement === document.body) break
  }
  return found
}
