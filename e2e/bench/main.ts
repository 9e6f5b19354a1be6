import { firstRows } from './first-rows.ts'
import { printTable, withBench, type Measurement } from './harness.ts'
import { layoutShift } from './layout-shift.ts'
import { manyRows } from './many-rows.ts'
import { requestsPerPoll } from './requests.ts'
import { firstFiles, gzipSize, SIZE_BUDGET } from './size.ts'
import { staleness } from './staleness.ts'

/** The bars of the design, measured on this machine in one run. It reports; `npm test` judges the size only. */
const size = firstFiles().reduce((sum, file) => sum + gzipSize(file), 0)

const measurements: readonly Measurement[] = [
  {
    what: 'JS + CSS to the first participant rows, gzip',
    measured: `${(size / 1000).toFixed(1)} kB`,
    bar: `${SIZE_BUDGET / 1000} kB`,
    isMet: size <= SIZE_BUDGET,
  },
  ...(await withBench(async (bench) => [
    await firstRows(bench),
    await layoutShift(bench),
    ...(await manyRows(bench)),
    ...(await requestsPerPoll(bench)),
    ...(await staleness(bench)),
  ])),
]

printTable(measurements)
