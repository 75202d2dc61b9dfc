import { Random } from '../random.ts'
import { nothing } from './alternative.ts'
import type { Alternative, Run } from './alternative.ts'
import { compileArray } from './arrays.ts'
import type { Examiner } from './evaluate.ts'
import { expand } from './expand.ts'
import type { Form } from './form.ts'
import { kinds } from './kind.ts'
import type { Kind } from './kind.ts'
import { compileObject } from './objects.ts'
import { drawPlan } from './plan.ts'
import type { Plan, Planner } from './plan.ts'
import { describe } from './rules.ts'
import { compileScalar, compileValues } from './scalars.ts'
import { settle } from './settle.ts'
import type { Spot } from './spot.ts'
import { Trail } from './trail.ts'

/** What a planner calls on. */
export interface PlannerOptions {
  readonly examiner: Examiner
  /** Called with every schema met, before it is used. @throws Failure for one that is not understood. */
  readonly meet: (spot: Spot) => void
  readonly suggested: Planner['suggested']
  readonly presence: Planner['presence']
}

/** Plans of one document: made once for each goal, and settled before they are drawn from. */
export interface Plans {
  /** Returns the settled plan of a goal; its height is infinite where no value satisfies it. */
  settled(goal: readonly Spot[]): Plan
  readonly planner: Planner
}

/** Returns the maker of plans. */
export function createPlans({ examiner, meet, suggested, presence }: PlannerOptions): Plans {
  const known = new Map<string, Plan>()
  const fresh: Plan[] = []
  const planner: Planner = {
    examiner,
    plan,
    draw: (plan, random, trail, run) => drawPlan(examiner, plan, random, trail, run),
    wordsOf,
    suggested,
    presence,
  }

  function plan(goal: readonly Spot[]): Plan {
    const unique = [...new Set(goal.filter((spot) => spot.schema !== true || spot.denied))].sort(
      (left, right) => left.id - right.id,
    )
    const key = unique.map(({ id }) => id).join(' ')
    let made = known.get(key)
    if (!made) {
      made = {
        goal: unique,
        alternatives: [],
        height: Infinity,
        witness: nothing,
        active: 0,
        loose: false,
        rejected: [],
        failed: [],
      }
      known.set(key, made)
      fresh.push(made)
    }
    return made
  }

  /** Gives a plan its alternatives. Plans it needs are made, and get theirs in turn. */
  function grow(plan: Plan, strict: boolean): void {
    const reject = (reason: string, spot: Spot): void => void plan.rejected.push({ reason, spot })
    const forms = expand(plan.goal, { examiner, strict, meet, reject })
    plan.loose = !strict && forms.some((form) => !form.exact)
    plan.alternatives = forms.flatMap((form) => alternativesOf(planner, plan, form))
  }

  function settled(goal: readonly Spot[]): Plan {
    const root = plan(goal)
    settle({ planner, fresh, grow })
    return root
  }

  /** A planner of its own settles at once, whatever this one is in the middle of. */
  function wordsOf(goal: readonly Spot[], count: number): string[] {
    const own = createPlans({ examiner, meet, suggested: () => () => nothing, presence: () => undefined })
    const text = examiner.spots.made(goal[0] as Spot, 'text', { type: 'string' })
    const words = own.settled([...goal, text])
    if (words.height === Infinity) return []
    const run: Run = { optional: 'none', lean: false, left: Infinity, depth: 0, unsure: false }
    return Array.from(
      { length: count * 4 + 4 },
      (_, index) => own.planner.draw(words, Random.of(index), new Trail(''), run) as string,
    )
  }

  return { settled, planner }
}

const plain: Readonly<Record<Kind, number>> = {
  string: 8,
  integer: 4,
  boolean: 1,
  object: 4,
  array: 4,
  fraction: 4,
  null: 1,
}

/** Returns the ways to make values that keep to a form. Where kinds are left open, those that keywords speak of come first. */
function alternativesOf(planner: Planner, { goal, failed }: Plan, form: Form): Alternative[] {
  const { examiner } = planner
  if (form.values) {
    const values = form.values.filter((value) => goal.every((spot) => examiner.accepts(spot, value)))
    if (values.length === 0) failed.push('value of const or enum that the other keywords allow')
    return values.length > 0 ? [compileValues(planner, goal, form, values, plain.string)] : []
  }
  const open = form.kinds.size > 4
  const hinted = kinds.filter((kind) => form.kinds.has(kind) && form.hints.has(kind))
  const first = hinted.length > 0 ? hinted : kinds.filter((kind) => form.kinds.has(kind)).slice(0, 1)
  return kinds.flatMap((kind): Alternative[] => {
    if (!form.kinds.has(kind) || (kind === 'fraction' && form.kinds.has('integer'))) return []
    const weight = open && !first.includes(kind) ? 0 : plain[kind]
    const made = compileKind(planner, goal, form, kind, weight)
    if (made.length === 0) failed.push(describe(form, kind))
    return made
  })
}

function compileKind(planner: Planner, goal: readonly Spot[], form: Form, kind: Kind, weight: number): Alternative[] {
  if (kind === 'array') return compileArray(planner, form, weight)
  if (kind !== 'object') return compileScalar(planner, goal, form, kind, weight)
  const object = compileObject(planner, goal, form, weight)
  return object ? [object] : []
}
