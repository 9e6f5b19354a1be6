import { newUuid } from '~/util/uuid.ts'

/** This tab, from load to reload. */
export const TAB: string = newUuid()
