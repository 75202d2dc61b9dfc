import type { Answer } from './context.ts'

/** Answers that are remembered at once. */
const most = 1000

interface Given {
  readonly print: string
  readonly answer: Promise<Answer>
}

/** Answers to requests that carried a key of their own: the same request gets the same answer, and nothing happens twice. */
export class Keys {
  readonly #given = new Map<string, Given>()

  /**
   * Returns the answer to a key, asking for it once; `undefined` where the key has been used for another request.
   * @param print tells one request from another
   */
  answer(key: string, print: string, ask: () => Promise<Answer>): Promise<Answer> | undefined {
    const known = this.#given.get(key)
    if (known) return known.print === print ? known.answer : undefined
    if (this.#given.size >= most) this.#given.delete(this.#given.keys().next().value as string)
    const answer = ask()
    this.#given.set(key, { print, answer })
    // What was refused may be tried again.
    answer.catch(() => this.#given.delete(key))
    return answer
  }
}
