import type { dialNumber } from '~/util/phone-number.ts'

/** What a form means, and what is wrong with it. */
export interface Dial {
  /** In E.164, or a SIP address without its scheme. */
  readonly number: string
  /** The same to be read. */
  readonly text: string
  /** ISO 3166; null where the number does not tell. */
  readonly country: string | null
  /** The number that calls, in E.164. */
  readonly source: string
  readonly problem?: string
}

/** A user and a host, without blanks. */
const SIP = /^(?:sips?:)?([^\s@]+@[\w.-]+\.?\w)$/i

/** Reads the form of an outgoing call; `read` knows telephone numbers. */
export function readDial(number: string, source: string, read: typeof dialNumber): Dial {
  const from = read(source, '')
  const [, address] = SIP.exec(number.trim()) ?? []
  const tel = address === undefined ? read(number, from?.number ?? '') : undefined
  const dial = {
    number: address ?? tel?.number ?? '',
    text: address ?? tel?.text ?? number.trim(),
    country: tel?.country ?? null,
    source: from?.number ?? '',
  }
  const problem = problemOf(number, source, dial)
  return problem === undefined ? dial : { ...dial, problem }
}

function problemOf(number: string, source: string, read: Dial): string | undefined {
  if (number.trim() === '') return 'Type the number to call.'
  if (read.number === '')
    return 'This is no telephone number and no SIP address. Write a number with its country, such as +44 20 7946 0018.'
  if (source.trim() === '') return 'Type the number that calls: one that your account owns.'
  if (read.source === '')
    return 'The number that calls is no telephone number. Write it with its country, such as +44 20 7946 0018.'
  return read.source === read.number ? 'A number cannot call itself.' : undefined
}
