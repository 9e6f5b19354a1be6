import { firstRows } from './first-rows.ts'
import { printTable, withBench } from './harness.ts'
import { layoutShift } from './layout-shift.ts'
import { manyRows } from './many-rows.ts'
import { requestsPerPoll } from './requests.ts'
import { firstFiles, gzipSize, SIZE_BUDGET } from './size.ts'
import { staleness } from './staleness.ts'

/** The bars of the design, measured on this machine in one run. It reports; `npm test` judges the size only. */
const size = firstFiles().reduce((sum, file) => sum + gzipSize(file), 0)

printTable([
  {
    what: 'JS + CSS to the first participant rows, gzip',
    measured: `${(size / 1000).toFixed(1)} kB`,
    bar: `${SIZE_BUDGET / 1000} kB`,
    isMet: size <= SIZE_BUDGET,
  },
])

// Printed as they come: one that fails does not cost the minutes of those before it.
await withBench(async (bench) => {
  printTable([await firstRows(bench)])
  printTable([await layoutShift(bench)])
  printTable(await manyRows(bench))
  printTable(await requestsPerPoll(bench))
  printTable(await staleness(bench))
})
