import { isObject, tryParse, type JsonObject } from '../world/json.ts'

/** Invalid control input; the message names the field and what it should be. */
export class BadInput extends Error {
  override name = 'BadInput'
}

/** Reads the fields of a control request one by one; `done` refuses those that were not read. */
export class Input {
  readonly #fields: JsonObject
  readonly #read = new Set<string>()

  constructor(fields: JsonObject) {
    this.#fields = fields
  }

  /** An empty body counts as `{}`. */
  static parse(body: string): Input {
    const value = body.trim() === '' ? {} : tryParse(body)
    if (!isObject(value)) throw new BadInput('The body must be a JSON object.')
    return new Input(value)
  }

  optional(name: string): unknown {
    this.#read.add(name)
    return this.#fields[name]
  }

  string(name: string): string | undefined {
    const value = this.optional(name)
    if (value === undefined || typeof value === 'string') return value
    throw new BadInput(`"${name}" must be a string.`)
  }

  requiredString(name: string): string {
    const value = this.string(name)
    if (value === undefined || value === '') throw new BadInput(`"${name}" is missing.`)
    return value
  }

  boolean(name: string): boolean | undefined {
    const value = this.optional(name)
    if (value === undefined || typeof value === 'boolean') return value
    throw new BadInput(`"${name}" must be true or false.`)
  }

  /** A number of at least `least`. */
  number(name: string, least = 0): number | undefined {
    const value = this.optional(name)
    if (value === undefined || (typeof value === 'number' && value >= least)) return value
    throw new BadInput(`"${name}" must be a number of at least ${least}.`)
  }

  /** A number from 0 to 1. */
  share(name: string): number | undefined {
    const value = this.number(name)
    if (value !== undefined && value > 1)
      throw new BadInput(`"${name}" must be a number from 0 to 1.`)
    return value
  }

  /** A whole number of at least `least`. */
  integer(name: string, least = 0): number | undefined {
    const value = this.number(name, least)
    if (value === undefined || Number.isInteger(value)) return value
    throw new BadInput(`"${name}" must be a whole number.`)
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.optional(name)
    if (value === undefined) return undefined
    const choice = choices.find((candidate) => candidate === value)
    if (choice === undefined) throw new BadInput(`"${name}" must be one of: ${choices.join(', ')}.`)
    return choice
  }

  texts(name: string): readonly string[] | undefined {
    const value = this.optional(name)
    if (value === undefined) return undefined
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
    throw new BadInput(`"${name}" must be a list of texts.`)
  }

  object(name: string): JsonObject | undefined {
    const value = this.optional(name)
    if (value === undefined || isObject(value)) return value
    throw new BadInput(`"${name}" must be an object.`)
  }

  /** Refuses fields that have not been read. */
  done(): void {
    this.only([...this.#read])
  }

  /** Refuses fields other than these. */
  only(names: readonly string[]): void {
    const unknown = Object.keys(this.#fields).find((name) => !names.includes(name))
    if (unknown !== undefined) throw new BadInput(`"${unknown}" is not known here.`)
  }
}

/** The value; throws BadInput when it is missing. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new BadInput(`"${name}" is missing.`)
  return value
}
