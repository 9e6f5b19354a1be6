const uuidText = Buffer.alloc(36, '-')
/** Where the 32 digits stand between the hyphens. */
const UUID_DIGITS = Array.from({ length: 36 }, (_, at) => at).filter(
  (at) => ![8, 13, 18, 23].includes(at),
)

/** A list that cannot be empty, so that a pick always gives something. */
export type Choices<T> = readonly [T, ...T[]]

/**
 * Seeded pseudo-random numbers (sfc32): the same seed gives the same sequence on every machine.
 * A world never uses Math.random, or two runs could not be compared.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  /** `stream` gives independent sequences for one seed. */
  constructor(seed: number, stream = 0) {
    this.#a = seed >>> 0
    this.#b = Math.floor(seed / 2 ** 32) >>> 0
    this.#c = stream >>> 0
    // sfc32 needs a few rounds before near seeds stop giving near numbers.
    for (let round = 0; round < 12; round++) this.uint32()
  }

  /** An integer from 0 to 2^32 - 1. */
  uint32(): number {
    const out = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + out) | 0
    return out >>> 0
  }

  /** A number in [0, 1). */
  next(): number {
    return this.uint32() / 2 ** 32
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  /** An integer in [low, high]. */
  int(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1))
  }

  /** True with the given probability (0 to 1). */
  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** One of the choices. */
  pick<T>(choices: Choices<T>): T {
    return choices[this.int(0, choices.length - 1)] ?? choices[0]
  }

  /** A waiting time with the given mean, as between independent arrivals. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean
  }

  /** A version 4 UUID. */
  uuid(): string {
    const words = [
      this.uint32(),
      (this.uint32() & 0xffff0fff) | 0x00004000,
      (this.uint32() & 0x3fffffff) | 0x80000000,
      this.uint32(),
    ]
    // Written as bytes: strings joined from pieces take three times as long, and a large history needs 400,000.
    UUID_DIGITS.forEach((at, digit) => {
      const nibble = ((words[digit >> 3] ?? 0) >>> (28 - 4 * (digit & 7))) & 15
      uuidText[at] = nibble + (nibble < 10 ? 48 : 87)
    })
    return uuidText.toString('latin1')
  }

  /** `length` characters out of `alphabet`. */
  text(alphabet: string, length: number): string {
    let out = ''
    while (out.length < length) out += alphabet[this.int(0, alphabet.length - 1)] ?? ''
    return out
  }
}
