import type { Answer } from './context.ts'
import type { KeptAnswer } from './event.ts'

/** Answers that are remembered at once. */
const most = 1000

interface Given {
  readonly print: string
  readonly answer: Promise<Answer>
  /** Once it is there. */
  told?: Answer
}

/** Answers to requests that carried a key of their own: the same request gets the same answer, and nothing happens twice. */
export class Keys {
  readonly #given = new Map<string, Given>()
  readonly #tell: (given: KeptAnswer) => void

  /** @param tell is told each answer once it is there */
  constructor(tell: (given: KeptAnswer) => void = () => undefined) {
    this.#tell = tell
  }

  get size(): number {
    return this.#given.size
  }

  /** Returns the answers that are there. */
  save(): readonly KeptAnswer[] {
    return [...this.#given].flatMap(([key, { print, told }]) => (told ? [{ key, print, answer: told }] : []))
  }

  /** Remembers an answer that somebody else gave. */
  put({ key, print, answer }: KeptAnswer): void {
    this.#keep(key, { print, answer: Promise.resolve(answer), told: answer })
  }

  /**
   * Returns the answer to a key, asking for it once; `undefined` where the key has been used for another request.
   * @param print tells one request from another
   */
  answer(key: string, print: string, ask: () => Promise<Answer>): Promise<Answer> | undefined {
    const known = this.#given.get(key)
    if (known) return known.print === print ? known.answer : undefined
    const answer = ask()
    const given: Given = { print, answer }
    this.#keep(key, given)
    void this.#settle(key, given)
    return answer
  }

  async #settle(key: string, given: Given): Promise<void> {
    try {
      given.told = await given.answer
      this.#tell({ key, print: given.print, answer: given.told })
    } catch {
      // What was refused may be tried again.
      if (this.#given.get(key) === given) this.#given.delete(key)
    }
  }

  #keep(key: string, given: Given): void {
    if (this.#given.size >= most) this.#given.delete(this.#given.keys().next().value as string)
    this.#given.set(key, given)
  }
}
