import { spawnSync } from 'node:child_process'

/** What `npm audit --json` found out. */
export type Verdict =
  | { readonly kind: 'clean' }
  /** Names of packages with a finding that is high or critical. */
  | { readonly kind: 'found'; readonly packages: readonly string[] }
  /** The registry gave no report, with npm's reason if it gave one. */
  | { readonly kind: 'unchecked'; readonly why: string }

/** Reads the output of `npm audit --json`: a report, or an object that tells why there is none. */
export function verdictOf(output: string): Verdict {
  const report = parse(output)
  const findings = report['vulnerabilities']
  if (!isObject(findings)) {
    const { message } = report
    return { kind: 'unchecked', why: typeof message === 'string' ? message : 'no report' }
  }
  const packages = Object.entries(findings)
    .filter(([, finding]) => isObject(finding) && isSerious(finding['severity']))
    .map(([name]) => name)
  return packages.length === 0 ? { kind: 'clean' } : { kind: 'found', packages }
}

const isSerious = (severity: unknown): boolean => severity === 'high' || severity === 'critical'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

if (process.argv[1] === import.meta.filename) {
  // Only what ships: tools of the developer are not in front of a stranger.
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    encoding: 'utf8',
    timeout: 60_000,
    shell: process.platform === 'win32',
  })
  const verdict = verdictOf(stdout ?? '')
  if (verdict.kind === 'clean') console.log('Audit: no known high or critical fault in what ships.')
  else if (verdict.kind === 'unchecked')
    console.log(`Audit: not checked, the registry gave no report (${verdict.why}).`)
  else {
    console.error(
      `Audit: high or critical faults in ${verdict.packages.join(', ')}; see npm audit --omit=dev.`,
    )
    process.exitCode = 1
  }
}
