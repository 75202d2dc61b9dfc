import { copy, includes } from '../../spec/index.ts'
import type { Alternative } from './alternative.ts'
import { nothing } from './alternative.ts'
import type { Form } from './form.ts'
import { kindOf } from './kind.ts'
import type { Kind } from './kind.ts'
import { compileNumber } from './numbers.ts'
import type { Planner } from './plan.ts'
import { describe } from './rules.ts'
import type { Spot } from './spot.ts'
import { compileString } from './strings.ts'
import type { Random } from '../random.ts'

const leaf = (kind: Kind, rules: string, weight: number, exact: boolean, draw: Alternative['draw']): Alternative => ({
  kind,
  rules,
  weight,
  exact,
  needs: [],
  height: () => 0,
  draw,
})

/** Returns the way to pick one of the values a form lists; each of them is checked already. */
export function compileValues(
  planner: Planner,
  goal: readonly Spot[],
  form: Form,
  values: readonly unknown[],
  weight: number,
): Alternative {
  const likely = values.length > 1 ? planner.suggested(form, goal) : undefined
  const real = values.filter((value) => value !== null)
  return leaf(kindOf(values[0]), 'one of the values of const or enum', weight, true, (random, trail, { optional }) => {
    const value = likely ? likely(random, trail) : nothing
    return value === nothing ? copy(random.pick(optional === 'all' && real.length > 0 ? real : values)) : value
  })
}

/** Returns the ways to make values of a kind that nests nothing. */
export function compileScalar(
  planner: Planner,
  goal: readonly Spot[],
  form: Form,
  kind: Kind,
  weight: number,
): Alternative[] {
  if (kind === 'null')
    return includes(form.excluded, null) ? [] : [leaf(kind, describe(form, kind), weight, form.exact, () => null)]
  if (kind === 'boolean') {
    const values = [true, false].filter((value) => !form.excluded.includes(value))
    return values.length > 0 ? [suggesting(planner, goal, form, kind, weight, (random) => random.pick(values))] : []
  }
  const draw = kind === 'string' ? compileString(form) : compileNumber(form)
  return draw ? [suggesting(planner, goal, form, kind, weight, (random) => draw(random) ?? nothing)] : []
}

/** What others suggest goes first; it is used if it satisfies the schema. */
function suggesting(
  planner: Planner,
  goal: readonly Spot[],
  form: Form,
  kind: Kind,
  weight: number,
  draw: (random: Random) => unknown,
): Alternative {
  const suggested = planner.suggested(form, goal)
  return leaf(kind, describe(form, kind), weight, form.exact, (random, trail) => {
    const value = suggested(random, trail)
    return value === nothing ? draw(random) : value
  })
}
