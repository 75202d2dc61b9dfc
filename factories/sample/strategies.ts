// Makes the strategies of a document, and proves of each that it has a value, or says why it has none.

import { Random } from '../random.ts'
import { failure } from '../../spec/index.ts'
import type { Failure, Locate, Pointer } from '../../spec/index.ts'
import { compileArray } from './arrays.ts'
import { describeConjunction, valueTypes } from './conjunction.ts'
import type { Conjunction, ValueType } from './conjunction.ts'
import { expandChoices } from './expand.ts'
import { compileObject } from './objects.ts'
import { compileScalar, compileValues } from './scalars.ts'
import { drawFrom, nothing, PropertyPath } from './strategy.ts'
import type { Alternative, DrawState, Strategies, Strategy } from './strategy.ts'
import { describePlace } from './subschema.ts'
import type { Subschema } from './subschema.ts'
import type { Validator } from './validate.ts'

/** What strategies are made with. */
interface StrategyOptions {
  readonly validator: Validator
  /** Called with every schema met, before it is used. @throws Failure for one that is not understood. */
  readonly meet: (subschema: Subschema) => void
  readonly suggestionFor: Strategies['suggestionFor']
  readonly presence: Strategies['presence']
}

/** The strategies of one document: one for each goal, proven before values are drawn from it. */
export class StrategyTable implements Strategies {
  readonly validator: Validator
  readonly suggestionFor: Strategies['suggestionFor']
  readonly presence: Strategies['presence']
  readonly #meet: StrategyOptions['meet']
  readonly #known = new Map<string, Strategy>()
  /** Strategies without alternatives yet. */
  readonly #fresh: Strategy[] = []

  constructor({ validator, meet, suggestionFor, presence }: StrategyOptions) {
    this.validator = validator
    this.suggestionFor = suggestionFor
    this.presence = presence
    this.#meet = meet
  }

  /** Returns the proven strategy of a goal; its height is infinite where no value satisfies it. */
  proven(goal: readonly Subschema[]): Strategy {
    const root = this.strategy(goal)
    findWitnesses({ strategies: this, fresh: this.#fresh, expand: this.#expand })
    return root
  }

  strategy(goal: readonly Subschema[]): Strategy {
    const unique = [...new Set(goal.filter((subschema) => subschema.schema !== true || subschema.negated))].sort(
      (left, right) => left.id - right.id,
    )
    const key = unique.map(({ id }) => id).join(' ')
    const known = this.#known.get(key)
    if (known) return known
    const made: Strategy = {
      goal: unique,
      alternatives: [],
      height: Infinity,
      witness: nothing,
      active: 0,
      loose: false,
      rejected: [],
      failed: [],
    }
    this.#known.set(key, made)
    this.#fresh.push(made)
    return made
  }

  draw(strategy: Strategy, random: Random, path: PropertyPath, state: DrawState): unknown {
    return drawFrom(this.validator, strategy, random, path, state)
  }

  /** A table of its own is proven at once, whatever this one is in the middle of. */
  wordsOf(goal: readonly Subschema[], count: number): string[] {
    const { validator } = this
    const own = new StrategyTable({
      validator,
      meet: this.#meet,
      suggestionFor: () => () => nothing,
      presence: () => undefined,
    })
    const text = validator.subschemas.made(goal[0] as Subschema, 'text', { type: 'string' })
    const words = own.proven([...goal, text])
    if (words.height === Infinity) return []
    const state: DrawState = { optional: 'none', minimal: false, left: Infinity, depth: 0, unsure: false }
    return Array.from(
      { length: count * 4 + 4 },
      (_, index) => own.draw(words, Random.of(index), new PropertyPath(''), state) as string,
    )
  }

  /** Gives a strategy its alternatives. The strategies that these need are made, and get theirs in turn. */
  readonly #expand = (strategy: Strategy, strict: boolean): void => {
    const { validator } = this
    const reject = (reason: string, subschema: Subschema): void => void strategy.rejected.push({ reason, subschema })
    const conjunctions = expandChoices(strategy.goal, { validator, strict, meet: this.#meet, reject })
    strategy.loose = !strict && conjunctions.some((conjunction) => !conjunction.exact)
    strategy.alternatives = conjunctions.flatMap((conjunction) => alternativesOf(this, strategy, conjunction))
  }
}

const typeWeights: Readonly<Record<ValueType, number>> = {
  string: 8,
  integer: 4,
  boolean: 1,
  object: 4,
  array: 4,
  fraction: 4,
  null: 1,
}

/** Returns the ways to make values that keep to a conjunction. Where types are left open, those that keywords speak of come first. */
function alternativesOf(strategies: Strategies, { goal, failed }: Strategy, conjunction: Conjunction): Alternative[] {
  const { validator } = strategies
  if (conjunction.values) {
    const values = conjunction.values.filter((value) => goal.every((subschema) => validator.accepts(subschema, value)))
    if (values.length === 0) failed.push('value of const or enum that the other keywords allow')
    return values.length > 0 ? [compileValues(strategies, goal, conjunction, values, typeWeights.string)] : []
  }
  const open = conjunction.types.size > 4
  const hinted = valueTypes.filter((type) => conjunction.types.has(type) && conjunction.hints.has(type))
  const first = hinted.length > 0 ? hinted : valueTypes.filter((type) => conjunction.types.has(type)).slice(0, 1)
  return valueTypes.flatMap((type): Alternative[] => {
    if (!conjunction.types.has(type) || (type === 'fraction' && conjunction.types.has('integer'))) return []
    const weight = open && !first.includes(type) ? 0 : typeWeights[type]
    const made = compileType(strategies, goal, conjunction, type, weight)
    if (made.length === 0) failed.push(describeConjunction(conjunction, type))
    return made
  })
}

function compileType(
  strategies: Strategies,
  goal: readonly Subschema[],
  conjunction: Conjunction,
  type: ValueType,
  weight: number,
): Alternative[] {
  if (type === 'array') return compileArray(strategies, conjunction, weight)
  if (type !== 'object') return compileScalar(strategies, goal, conjunction, type, weight)
  const object = compileObject(strategies, goal, conjunction, weight)
  return object ? [object] : []
}

/** Strategies beyond this number are refused: the document multiplies its schemas beyond reason. */
const mostStrategies = 50_000

/** What settling works on. */
interface Unsettled {
  readonly strategies: Strategies
  /** Strategies without alternatives yet; emptied. */
  readonly fresh: Strategy[]
  readonly expand: (strategy: Strategy, strict: boolean) => void
}

/**
 * Expands all fresh strategies and finds out which have a value: the smallest values first, each drawn once as a witness. Alternatives
 * that give none are taken out; a strategy that is left with none is expanded again by stricter rules.
 */
function findWitnesses({ strategies, fresh, expand }: Unsettled): void {
  const open: Strategy[] = []
  const untried = new Map<Strategy, Set<Alternative>>()
  const expandAll = (): void => {
    for (let strategy = fresh.pop(); strategy && open.length < mostStrategies; strategy = fresh.pop()) {
      expand(strategy, false)
      open.push(strategy)
      untried.set(strategy, new Set(strategy.alternatives))
    }
  }
  expandAll()
  updateHeights(open)
  for (;;) {
    const wave = lowest(untried)
    if (wave.length > 0) {
      const changed = wave.map(([strategy, alternative]) => {
        untried.get(strategy)?.delete(alternative)
        return prove(strategies, strategy, alternative)
      })
      if (changed.includes(false)) updateHeights(open)
      continue
    }
    const dead = open.filter((strategy) => strategy.loose && strategy.height === Infinity)
    if (dead.length === 0) break
    for (const strategy of dead) {
      expand(strategy, true)
      untried.set(strategy, new Set(strategy.alternatives))
    }
    expandAll()
    updateHeights(open)
  }
  for (const strategy of open)
    if (strategy.height < Infinity)
      strategy.alternatives = strategy.alternatives.filter((one) => one.height() < Infinity)
}

/** Returns the untried alternatives of least height; what needs a strategy without a value waits. */
function lowest(untried: ReadonlyMap<Strategy, ReadonlySet<Alternative>>): [Strategy, Alternative][] {
  let least = Infinity
  let found: [Strategy, Alternative][] = []
  for (const [strategy, alternatives] of untried) {
    for (const alternative of alternatives) {
      const height = alternative.height()
      if (height > least || height === Infinity) continue
      if (height < least) found = []
      least = height
      found.push([strategy, alternative])
    }
  }
  return found
}

/** Works out the heights anew: each the least that its alternatives allow. */
function updateHeights(plans: readonly Strategy[]): void {
  for (const strategy of plans) strategy.height = Infinity
  for (let changed = true; changed;) {
    changed = false
    for (const strategy of plans) {
      const height = Math.min(Infinity, ...strategy.alternatives.map((alternative) => alternative.height()))
      if (height >= strategy.height) continue
      strategy.height = height
      changed = true
    }
  }
}

/** Draws a value by an alternative; takes it out of the strategy and returns false where it gives none. */
function prove(strategies: Strategies, strategy: Strategy, alternative: Alternative): boolean {
  const turns = alternative.exact ? 3 : 40
  for (let turn = 0; turn < turns; turn++) {
    const state: DrawState = {
      optional: turn % 4 === 3 ? 'all' : turn % 4 === 2 ? 'realistic' : 'none',
      minimal: turn % 2 === 0,
      left: 300,
      depth: 0,
      unsure: false,
    }
    const value = alternative.draw(Random.of(turn), new PropertyPath(''), state)
    if (
      value === nothing ||
      !(alternative.exact || strategy.goal.every((subschema) => strategies.validator.accepts(subschema, value)))
    )
      continue
    if (strategy.witness === nothing) strategy.witness = value
    if (turn > 8)
      strategy.alternatives = strategy.alternatives.map((one) =>
        one === alternative ? { ...one, weight: one.weight / turn } : one,
      )
    return true
  }
  strategy.alternatives = strategy.alternatives.filter((one) => one !== alternative)
  strategy.failed.push(alternative.rules)
  return false
}

/** Returns the error for a strategy without a value: follows what is needed and missing to its end, or round a ring. */
export function unsatisfiable(root: Strategy, pointer: Pointer, locate: Locate | undefined): Failure {
  const what = `sample ${describePlace(pointer, locate)}`
  const seen = new Set<Strategy>()
  for (let strategy = root; ;) {
    seen.add(strategy)
    const where = describePlace(strategy.goal[0]?.location.pointer ?? pointer, locate)
    const missing = strategy.alternatives.flatMap(({ needs }) => needs).filter((need) => need.height === Infinity)
    const next = missing.find((need) => !seen.has(need))
    if (next) {
      strategy = next
      continue
    }
    if (missing.length > 0) {
      const cure = 'Make one of them optional, nullable or an array.'
      return failure(what, {
        expected: 'a value that ends',
        received: `a ring of required references through ${where}`,
        cure,
      })
    }
    return failure(what, {
      expected: 'a schema that some value satisfies',
      received: reasonOf(strategy, where, locate),
    })
  }
}

/** What was tried last says most; what was contradictory at a glance comes next. */
function reasonOf({ failed, rejected }: Strategy, where: string, locate: Locate | undefined): string {
  const [tried] = failed
  if (tried !== undefined) return `no ${tried} at ${where}`
  const [first] = rejected
  return first
    ? `${first.reason} at ${describePlace(first.subschema.location.pointer, locate)}`
    : `nothing that does so at ${where}`
}
