/** Ids in order: an array is one, and so is what looks them up when they are asked for. */
export interface IdList {
  readonly length: number
  readonly slice: (start?: number, end?: number) => readonly string[]
}

/** The ids at some places of a list that does not change. */
export class PlacedIds implements IdList {
  readonly #places: Int32Array
  readonly #ids: readonly string[]

  constructor(places: Int32Array, ids: readonly string[]) {
    this.#places = places
    this.#ids = ids
  }

  get length(): number {
    return this.#places.length
  }

  slice(start?: number, end?: number): readonly string[] {
    return Array.from(this.#places.subarray(start, end), (place) => this.#ids[place] ?? '')
  }
}
