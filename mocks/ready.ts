import type { Model } from '../spec/index.ts'
import type { World } from './state/world.ts'

/** An answer as it goes over the wire. */
export interface Wired {
  readonly status: number
  /** Names and values in turns. */
  readonly headers: readonly string[]
  readonly body: Uint8Array
}

/** An answer, and what it holds for: while the world's version stays, the same question has the same answer. */
export interface Ready {
  readonly wired: Wired
  readonly model: Model
  readonly world: World
  readonly version: number
}

/** Bytes for what an answer takes beside its body. */
const overhead = 1024

/** Answers that were given and can be given again, by what was asked; those asked for least lately make room. */
export class ReadyAnswers {
  readonly #answers = new Map<string, Ready>()
  readonly #most: number
  #bytes = 0

  /** @param most bytes that all answers together may have */
  constructor(most: number) {
    this.#most = most
  }

  /** Returns the answer to a question if it still holds. */
  find(question: string): Ready | undefined {
    const ready = this.#answers.get(question)
    if (!ready) return undefined
    this.#answers.delete(question)
    if (ready.version === ready.world.version) {
      this.#answers.set(question, ready)
      return ready
    }
    this.#bytes -= sizeOf(question, ready)
    return undefined
  }

  /** Keeps an answer, unless it alone would take a quarter of the room. */
  keep(question: string, ready: Ready): void {
    const size = sizeOf(question, ready)
    if (size > this.#most / 4) return
    this.forget(question)
    this.#answers.set(question, ready)
    this.#bytes += size
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#most) break
      this.forget(oldest)
    }
  }

  /** Drops an answer. */
  forget(question: string): void {
    const ready = this.#answers.get(question)
    if (!ready) return
    this.#answers.delete(question)
    this.#bytes -= sizeOf(question, ready)
  }
}

const sizeOf = (question: string, { wired }: Ready): number => question.length + wired.body.byteLength + overhead
