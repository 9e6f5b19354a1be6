import * as fc from 'fast-check'

const SURROGATES = { from: 0xd800, count: 0x800 }

/** Any code point that UTF-8 can carry. fast-check's own `unit: 'binary'` takes seconds to set up. */
export const codePoint = fc
  .integer({ min: 0, max: 0x10ffff - SURROGATES.count })
  .map((nth) => String.fromCodePoint(nth < SURROGATES.from ? nth : nth + SURROGATES.count))
