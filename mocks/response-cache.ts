import type { Model } from '../spec/index.ts'
import type { World } from './state/world.ts'
import type { IncomingMessage } from 'node:http'
import { worldHeader } from './state/worlds.ts'

/** An answer as it goes over the wire. */
export interface WireResponse {
  readonly status: number
  /** Names and values in turns. */
  readonly headers: readonly string[]
  readonly body: Uint8Array
}

/** An answer, and what it holds for: while the world's version stays, the same question has the same answer. */
export interface CachedResponse {
  readonly wired: WireResponse
  readonly model: Model
  readonly world: World
  readonly version: number
}

/** Bytes for what an answer takes beside its body. */
const overhead = 1024

/** Answers that were given and can be given again, by what was asked; those asked for least lately make room. */
export class ResponseCache {
  readonly #answers = new Map<string, CachedResponse>()
  readonly #most: number
  #bytes = 0

  /** @param most bytes that all answers together may have */
  constructor(most: number) {
    this.#most = most
  }

  /** Returns the answer to a question if it still holds. */
  find(question: string): CachedResponse | undefined {
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
  keep(question: string, ready: CachedResponse): void {
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

const sizeOf = (question: string, { wired }: CachedResponse): number =>
  question.length + wired.body.byteLength + overhead

/** Headers that the way to an answer looks at, whatever the API. `prefer` is missing: what it asks for is made on the spot. */
const usual = [
  'accept',
  'accept-encoding',
  'authorization',
  'content-type',
  'cookie',
  'host',
  'if-none-match',
  'origin',
  worldHeader,
] as const
/** With one of these a request is more than a question. */
const special: ReadonlySet<string> = new Set(['prefer', 'content-length', 'transfer-encoding', 'expect', 'upgrade'])

const known = new WeakMap<Model, ReadonlySet<string>>()

/** Returns the names of the headers that an API's answers depend on: the usual ones, its parameters, its keys. */
function headersOf(model: Model): ReadonlySet<string> {
  const names = known.get(model) ?? new Set([...usual, ...ownHeaders(model)].map((name) => name.toLowerCase()))
  known.set(model, names)
  return names
}

const ownHeaders = ({ operations, security }: Model): string[] => [
  ...operations.flatMap(({ parameters }) =>
    parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name),
  ),
  ...Object.values(security).flatMap((scheme) =>
    scheme.in === 'header' && scheme.name !== undefined ? [scheme.name] : [],
  ),
]

/** Returns all that tells what a request asks from what others ask, as one text; `undefined` for one that asks for more than an answer. */
export function cacheKeyOf(
  model: Model,
  prefix: string,
  { method = '', url = '', rawHeaders }: IncomingMessage,
): string | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  const names = headersOf(model)
  let question = `${method} ${prefix} ${url}`
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase()
    if (special.has(name)) return undefined
    if (names.has(name)) question += `\n${name}:${rawHeaders[index + 1]}`
  }
  return question
}
