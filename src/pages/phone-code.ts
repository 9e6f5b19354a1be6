import { lazyCode } from '~/ui/lazy.ts'

/** Knows the numbers of all countries, which is more code than any page, so it is loaded when a number is first shown or typed. */
export const phoneCode = lazyCode(() => import('~/util/phone-number.ts'))
