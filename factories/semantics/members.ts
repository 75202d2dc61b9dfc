// Finds the members of an object by the words of their names.

import type { Pools } from '../ledger/pools.ts'
import { nameWords } from './words.ts'

/** Looks at the members of an object and returns those that must be others; `undefined` where all agree. */
export type Agreement = (members: Members, pools?: Pools) => Record<string, unknown> | undefined

const known = new Map<string, string>()

/** Returns the words of a name, parted by spaces; remembered, because few names come again and again. */
export function spoken(name: string): string {
  let words = known.get(name)
  if (words === undefined) {
    words = nameWords(name).join(' ')
    if (known.size > 5_000) known.clear()
    known.set(name, words)
  }
  return words
}

/** What the names of an object's members tell, worked out once for all objects of the same names. */
interface Layout {
  readonly names: readonly string[]
  readonly byWords: ReadonlyMap<string, string>
  readonly answers: Map<unknown, unknown>
}

const layouts = new Map<string, Layout>()

function layoutOf(names: readonly string[]): Layout {
  const key = names.join('\n')
  let layout = layouts.get(key)
  if (!layout) {
    layout = { names, byWords: new Map(names.toReversed().map((name) => [spoken(name), name])), answers: new Map() }
    if (layouts.size > 2_000) layouts.clear()
    layouts.set(key, layout)
  }
  return layout
}

/** The members of an object, found by the words of their names. */
export class Members {
  /** What they are by now. */
  value: Readonly<Record<string, unknown>>
  readonly #layout: Layout
  readonly #fixed: ReadonlySet<string>

  constructor(value: Readonly<Record<string, unknown>>, fixed: ReadonlySet<string>) {
    this.value = value
    this.#layout = layoutOf(Object.keys(value))
    this.#fixed = fixed
  }

  get names(): readonly string[] {
    return this.#layout.names
  }

  /** Tells whether a member must stay as it is. */
  isFixed(name: string): boolean {
    return this.#fixed.has(name)
  }

  /** Returns the name of the first member that goes by one of some names, in the order of these. */
  find(...names: readonly string[]): string | undefined {
    for (const words of names) {
      const found = this.#layout.byWords.get(words)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Returns what follows from the names alone; asked once for all objects of the same names. */
  once<T>(ask: (names: readonly string[]) => T): T {
    const { answers, names } = this.#layout
    if (!answers.has(ask)) answers.set(ask, ask(names))
    return answers.get(ask) as T
  }

  /** Returns the text of a member, if it is one that is not empty. */
  text(name: string | undefined): string | undefined {
    const value = name === undefined ? undefined : this.value[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  /** Returns the number of a member, if it is one. */
  number(name: string | undefined): number | undefined {
    const value = name === undefined ? undefined : this.value[name]
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  }
}
