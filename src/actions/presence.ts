import * as v from 'valibot'
import { openChannel, type Channel } from '~/util/channel.ts'
import { TAB } from './tab.ts'

/** A tab that does not answer within this time is closed, crashed or frozen. Milliseconds. */
const ANSWERS_WITHIN = 2000

const Message = v.variant('kind', [
  /** Whether that tab, or any at all, works for the account. */
  v.object({ kind: v.literal('ask'), tab: v.nullable(v.string()) }),
  v.object({ kind: v.literal('here'), tab: v.string() }),
])

type Message = v.InferOutput<typeof Message>

/** The tabs that work for one account, told apart by which answers. Messages are not throttled in hidden tabs; timers are. */
export class Presence {
  readonly #channel: Channel | null
  readonly #answers = new Set<(tab: string) => void>()

  /** @param tab answers for this tab; null only asks */
  constructor(account: string, tab: string | null = TAB) {
    this.#channel = openChannel(`rollcall.ledger.${account}`, (data) => {
      const { success, output: message } = v.safeParse(Message, data)
      if (!success) return
      if (message.kind === 'here') for (const hear of this.#answers) hear(message.tab)
      else if (tab !== null && (message.tab ?? tab) === tab) this.#tell({ kind: 'here', tab })
    })
  }

  #tell(message: Message): void {
    this.#channel?.send(message)
  }

  /** Whether another tab is there: this one, or any when it is null. False too where tabs cannot talk. */
  async isThere(tab: string | null): Promise<boolean> {
    if (!this.#channel) return false
    return new Promise((resolve) => {
      const done = (isThere: boolean) => {
        clearTimeout(timer)
        this.#answers.delete(hear)
        resolve(isThere)
      }
      const hear = (from: string) => {
        if (tab === null || from === tab) done(true)
      }
      const timer = setTimeout(() => done(false), ANSWERS_WITHIN)
      this.#answers.add(hear)
      this.#tell({ kind: 'ask', tab })
    })
  }

  stop(): void {
    this.#channel?.close()
  }
}
