import { openAccountBus, type AccountMessage } from '~/cache/live/bus.ts'
import type { Channel } from '~/util/channel.ts'
import { TAB } from './tab.ts'

/** A tab that does not answer within this time is closed, crashed or frozen. Milliseconds. */
const ANSWERS_WITHIN = 2000

/** Finds the tabs that work for one account by which of them answer. Messages are not throttled in hidden tabs; timers are. */
export class Presence {
  readonly #bus: Channel<AccountMessage> | null
  readonly #answers = new Set<(tab: string) => void>()

  /** @param tab answers for this tab; null only asks */
  constructor(account: string, tab: string | null = TAB) {
    this.#bus = openAccountBus(account, (message) => {
      if (message.kind === 'here') for (const onAnswer of this.#answers) onAnswer(message.tab)
      else if (message.kind === 'ask' && tab !== null && (message.tab ?? tab) === tab)
        this.#bus?.send({ kind: 'here', tab })
    })
  }

  /** Whether another tab is there: this one, or any when it is null. False too where tabs cannot talk. */
  async isThere(tab: string | null): Promise<boolean> {
    const bus = this.#bus
    if (!bus) return false
    return new Promise((resolve) => {
      const done = (isThere: boolean) => {
        clearTimeout(timer)
        this.#answers.delete(onAnswer)
        resolve(isThere)
      }
      const onAnswer = (from: string) => {
        if (tab === null || from === tab) done(true)
      }
      const timer = setTimeout(() => done(false), ANSWERS_WITHIN)
      this.#answers.add(onAnswer)
      bus.send({ kind: 'ask', tab })
    })
  }

  stop(): void {
    this.#bus?.close()
  }
}
