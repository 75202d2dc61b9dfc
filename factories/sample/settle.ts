import { Random } from '../random.ts'
import { nothing } from './alternative.ts'
import type { Alternative, Run } from './alternative.ts'
import type { Plan, Planner } from './plan.ts'
import { Trail } from './trail.ts'

/** Plans more than this are refused: the document multiplies its schemas beyond reason. */
const most = 50_000

/** What settling works on. */
export interface Unsettled {
  readonly planner: Planner
  /** Plans without alternatives yet; emptied. */
  readonly fresh: Plan[]
  readonly grow: (plan: Plan, strict: boolean) => void
}

/**
 * Grows all fresh plans and finds out which have a value: the smallest values first, each drawn once as a witness. Alternatives that
 * give none are taken out; a plan that is left with none is grown again by stricter rules.
 */
export function settle({ planner, fresh, grow }: Unsettled): void {
  const open: Plan[] = []
  const untried = new Map<Plan, Set<Alternative>>()
  const growAll = (): void => {
    for (let plan = fresh.pop(); plan && open.length < most; plan = fresh.pop()) {
      grow(plan, false)
      open.push(plan)
      untried.set(plan, new Set(plan.alternatives))
    }
  }
  growAll()
  relax(open)
  for (;;) {
    const wave = lowest(untried)
    if (wave.length > 0) {
      const changed = wave.map(([plan, alternative]) => {
        untried.get(plan)?.delete(alternative)
        return prove(planner, plan, alternative)
      })
      if (changed.includes(false)) relax(open)
      continue
    }
    const dead = open.filter((plan) => plan.loose && plan.height === Infinity)
    if (dead.length === 0) break
    for (const plan of dead) {
      grow(plan, true)
      untried.set(plan, new Set(plan.alternatives))
    }
    growAll()
    relax(open)
  }
  for (const plan of open)
    if (plan.height < Infinity) plan.alternatives = plan.alternatives.filter((one) => one.height() < Infinity)
}

/** Returns the untried alternatives of least height; what needs a plan without a value waits. */
function lowest(untried: ReadonlyMap<Plan, ReadonlySet<Alternative>>): [Plan, Alternative][] {
  let least = Infinity
  let found: [Plan, Alternative][] = []
  for (const [plan, alternatives] of untried) {
    for (const alternative of alternatives) {
      const height = alternative.height()
      if (height > least || height === Infinity) continue
      if (height < least) found = []
      least = height
      found.push([plan, alternative])
    }
  }
  return found
}

/** Works out the heights anew: each the least that its alternatives allow. */
function relax(plans: readonly Plan[]): void {
  for (const plan of plans) plan.height = Infinity
  for (let changed = true; changed;) {
    changed = false
    for (const plan of plans) {
      const height = Math.min(Infinity, ...plan.alternatives.map((alternative) => alternative.height()))
      if (height >= plan.height) continue
      plan.height = height
      changed = true
    }
  }
}

/** Draws a value by an alternative; takes it out of the plan and returns false where it gives none. */
function prove(planner: Planner, plan: Plan, alternative: Alternative): boolean {
  const turns = alternative.exact ? 3 : 40
  for (let turn = 0; turn < turns; turn++) {
    const run: Run = {
      optional: turn % 4 === 3 ? 'all' : turn % 4 === 2 ? 'realistic' : 'none',
      lean: turn % 2 === 0,
      left: 300,
      depth: 0,
      unsure: false,
    }
    const value = alternative.draw(Random.of(turn), new Trail(''), run)
    if (value === nothing || !(alternative.exact || plan.goal.every((spot) => planner.examiner.accepts(spot, value))))
      continue
    if (plan.witness === nothing) plan.witness = value
    if (turn > 8)
      plan.alternatives = plan.alternatives.map((one) =>
        one === alternative ? { ...one, weight: one.weight / turn } : one,
      )
    return true
  }
  plan.alternatives = plan.alternatives.filter((one) => one !== alternative)
  plan.failed.push(alternative.rules)
  return false
}
