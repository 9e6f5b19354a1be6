import { useSyncExternalStore } from 'react'
import { parseViews, withoutView, withView, type SavedView } from '~/derive/saved-views.ts'
import { announce } from '~/ui/announce.ts'
import { stored } from '~/util/stored.ts'

const store = stored('rollcall.views', parseViews)

/** The views that are saved in this browser. */
export const useSavedViews = (): readonly SavedView[] =>
  useSyncExternalStore(store.subscribe, store.get)

/** Saves a view, over another one of the same name. */
export function saveView(view: SavedView): void {
  store.set(withView(store.get(), view))
  announce(
    store.isKept()
      ? `Saved as ${view.name}`
      : 'This browser forbids storage: the view is kept until the page is closed.',
  )
}

export const deleteView = (name: string): void => store.set(withoutView(store.get(), name))
