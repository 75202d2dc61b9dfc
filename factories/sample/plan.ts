import { copy } from '../../spec/index.ts'
import { hashText } from '../random.ts'
import type { Random } from '../random.ts'
import { nothing } from './alternative.ts'
import type { Alternative, Run } from './alternative.ts'
import type { Examiner } from './evaluate.ts'
import type { Form } from './form.ts'
import type { Spot } from './spot.ts'
import type { Trail } from './trail.ts'

/** How values of a goal are made: values that satisfy every schema of it at once. */
export interface Plan {
  readonly goal: readonly Spot[]
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
  readonly rejected: { readonly reason: string; readonly spot: Spot }[]
  /** What no value was found for, in words. */
  readonly failed: string[]
}

/** Makes plans; known to alternatives that need others. */
export interface Planner {
  readonly examiner: Examiner
  /** Returns the plan of a goal, perhaps before its alternatives are known. */
  plan(goal: readonly Spot[]): Plan
  /** Draws a value of a plan that has one. */
  draw(plan: Plan, random: Random, trail: Trail, run: Run): unknown
  /** Returns some texts that satisfy schemas, each found on its own. */
  wordsOf(goal: readonly Spot[], count: number): string[]
  /** Returns the value others suggest for a leaf, or `nothing`. */
  suggested(form: Form, goal: readonly Spot[]): (random: Random, trail: Trail) => unknown
  /** Returns how often an optional member is there where others know, asked at the trail it stands at. */
  presence(goal: readonly Spot[]): ((trail: Trail) => number) | undefined
}

/** Attempts at a value before the witness is given out in its place. */
const attempts = 10
const choice = hashText('choice')

/** Values nested deeper than this hold only what must be there. */
const deepest = 32

/** Draws a value of a plan that has one. */
export function drawPlan(examiner: Examiner, plan: Plan, random: Random, trail: Trail, run: Run): unknown {
  const wasLean = run.lean
  if (plan.active > 0 || run.left-- <= 0 || run.depth > deepest) run.lean = true
  plan.active++
  run.depth++
  try {
    const able = run.lean ? plan.alternatives.filter((one) => one.height() <= plan.height) : plan.alternatives
    const choices = run.optional === 'all' && able.length > 1 ? able.filter(({ kind }) => kind !== 'null') : able
    for (let attempt = 0; attempt < attempts; attempt++) {
      const source = attempt === 0 ? random : random.at(`again ${attempt}`)
      const alternative = choices.length === 1 ? (choices[0] as Alternative) : choose(choices, source)
      const value = alternative?.draw(source, trail, run)
      if (!alternative || value === nothing) continue
      if (alternative.exact) return value
      run.unsure = true
      if (plan.goal.every((spot) => examiner.accepts(spot, value))) return value
    }
    run.unsure = true
    return plan.witness === nothing ? nothing : copy(plan.witness)
  } finally {
    plan.active--
    run.depth--
    run.lean = wasLean
  }
}

function choose(choices: readonly Alternative[], random: Random): Alternative | undefined {
  let rest = random.at(choice).float() * choices.reduce((sum, { weight }) => sum + weight, 0)
  return choices.find(({ weight }) => (rest -= weight) < 0) ?? choices[0]
}
