// A strategy draws values that satisfy every schema of a goal; the word is that of property-based testing.

import { hashText } from '../random.ts'
import type { Random } from '../random.ts'
import { copy } from '../../spec/index.ts'
import type { Conjunction, ValueType } from './conjunction.ts'
import type { Subschema } from './subschema.ts'
import type { Validator } from './validate.ts'

/** Said instead of a value where none was found. */
export const nothing: unique symbol = Symbol('nothing')

/** What goes on while one value is drawn. */
export interface DrawState {
  readonly optional: 'all' | 'none' | 'realistic'
  /** Whether only what must be there is drawn: inside of a ring, and when the value grows too large. */
  minimal: boolean
  /** Values that may still be drawn before the state turns minimal. */
  left: number
  /** Values this one is nested in. */
  depth: number
  /** Whether a value was taken that is right by checking alone, not by construction. */
  unsure: boolean
}

/** One way to make a value of a goal. */
export interface Alternative {
  readonly type: ValueType
  /** What its values must be, in words. */
  readonly rules: string
  /** How often it is chosen, relative to the others. */
  readonly weight: number
  /** Whether its values satisfy the goal by construction. */
  readonly exact: boolean
  /** Strategies it cannot do without. */
  readonly needs: readonly Strategy[]
  /** Returns how deep its flattest value nests: 0 for a scalar; infinite where a strategy it needs has none. */
  height(): number
  /** Returns a value, or `nothing`. */
  draw(random: Random, path: PropertyPath, state: DrawState): unknown
}

/** How values of a goal are made; a goal is a list of schemas that all must hold. */
export interface Strategy {
  readonly goal: readonly Subschema[]
  alternatives: readonly Alternative[]
  /** How deep its flattest value nests, 0 for a scalar; infinite while it has none. */
  height: number
  /** A value known to satisfy the goal, once one was drawn. */
  witness: unknown
  /** How often it is being drawn just now: more than once inside of a ring. */
  active: number
  /** Whether any of its choices was left to checking, so that a stricter look may find more. */
  loose: boolean
  /** Why choices of it lead nowhere, and the schema that showed it. */
  readonly rejected: { readonly reason: string; readonly subschema: Subschema }[]
  /** What no value was found for, in words. */
  readonly failed: string[]
}

/** The strategies of a document, as alternatives that need others know them. */
export interface Strategies {
  readonly validator: Validator
  /** Returns the strategy of a goal, perhaps before its alternatives are known. */
  strategy(goal: readonly Subschema[]): Strategy
  /** Draws a value of a strategy that has one. */
  draw(strategy: Strategy, random: Random, path: PropertyPath, state: DrawState): unknown
  /** Returns some texts that satisfy schemas, each found on its own. */
  wordsOf(goal: readonly Subschema[], count: number): string[]
  /** Returns the value others suggest for a leaf, or `nothing`. */
  suggestionFor(conjunction: Conjunction, goal: readonly Subschema[]): (random: Random, path: PropertyPath) => unknown
  /** Returns how often an optional member is there where others know, asked at the path it stands at. */
  presence(goal: readonly Subschema[]): ((path: PropertyPath) => number) | undefined
}

/** Attempts at a value before the witness is given out in its place. */
const attempts = 10
const choice = hashText('choice')

/** Values nested deeper than this hold only what must be there. */
const deepest = 32

/** Draws a value of a strategy that has one. */
export function drawFrom(
  validator: Validator,
  strategy: Strategy,
  random: Random,
  path: PropertyPath,
  state: DrawState,
): unknown {
  const wasLean = state.minimal
  if (strategy.active > 0 || state.left-- <= 0 || state.depth > deepest) state.minimal = true
  strategy.active++
  state.depth++
  try {
    const able = state.minimal
      ? strategy.alternatives.filter((one) => one.height() <= strategy.height)
      : strategy.alternatives
    const choices = state.optional === 'all' && able.length > 1 ? able.filter(({ type }) => type !== 'null') : able
    for (let attempt = 0; attempt < attempts; attempt++) {
      const source = attempt === 0 ? random : random.at(`again ${attempt}`)
      const alternative = choices.length === 1 ? (choices[0] as Alternative) : choose(choices, source)
      const value = alternative?.draw(source, path, state)
      if (!alternative || value === nothing) continue
      if (alternative.exact) return value
      state.unsure = true
      if (strategy.goal.every((subschema) => validator.accepts(subschema, value))) return value
    }
    state.unsure = true
    return strategy.witness === nothing ? nothing : copy(strategy.witness)
  } finally {
    strategy.active--
    state.depth--
    state.minimal = wasLean
  }
}

function choose(choices: readonly Alternative[], random: Random): Alternative | undefined {
  let rest = random.at(choice).float() * choices.reduce((sum, { weight }) => sum + weight, 0)
  return choices.find(({ weight }) => (rest -= weight) < 0) ?? choices[0]
}

/** The names of the properties passed on the way to a value. Equal trails from one root are the same object. */
export class PropertyPath {
  readonly name: string
  readonly above: PropertyPath | undefined
  readonly #below = new Map<string, PropertyPath>()

  constructor(name: string, above?: PropertyPath) {
    this.name = name
    this.above = above
  }

  /** Returns the path that begins with these names. */
  static of(name: string, parents: readonly string[]): PropertyPath {
    return [...parents, name].reduce<PropertyPath | undefined>(
      (above, step) => new PropertyPath(step, above),
      undefined,
    ) as PropertyPath
  }

  /** Returns the path to a property below. */
  below(name: string): PropertyPath {
    let path = this.#below.get(name)
    if (!path) this.#below.set(name, (path = new PropertyPath(name, this)))
    return path
  }

  /** Returns the names above, outermost first. */
  parents(): string[] {
    return this.above ? [...this.above.parents(), this.above.name].filter((name) => name !== '') : []
  }
}
