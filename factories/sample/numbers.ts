import { includes, isMultiple } from '../../spec/index.ts'
import type { Random } from '../random.ts'
import { divisorOf, exactOf, floorDivide, isPlainMultiple, numberOf, unitsAt } from './exact.ts'
import type { Bound, Form } from './form.ts'

/** Whole numbers k such that k × step × 10^-places are the numbers to draw from. */
interface Grid {
  readonly step: bigint
  readonly places: number
  readonly low: bigint
  readonly high: bigint
}

/** Returns a source of numbers that keep to a form, or `undefined` where it leaves none. */
export function compileNumber(form: Form): ((random: Random) => number | undefined) | undefined {
  const whole = !form.kinds.has('fraction')
  const grids = gridsOf(form, whole)
  if (grids.length === 0) return undefined
  const {
    numbers: { multiples, strangers, min, max },
    excluded,
  } = form
  const keeps = (value: number): boolean =>
    Number.isFinite(value) &&
    (form.kinds.has('integer') || !Number.isInteger(value)) &&
    above(value, min) &&
    below(value, max) &&
    multiples.every((of) => isMultiple(of, value)) &&
    !strangers.some((of) => isMultiple(of, value)) &&
    !includes(excluded, value)
  return (random) => {
    let spare: number | undefined
    for (const grid of grids) {
      for (let turn = 0; turn < 40; turn++) {
        const value = draw(grid, random)
        if (!keeps(value)) continue
        if (multiples.every((of) => isPlainMultiple(value, of))) return value
        spare ??= value
      }
      for (const value of [
        0,
        numberOf(grid.low * grid.step, grid.places),
        numberOf(grid.high * grid.step, grid.places),
      ]) {
        if (keeps(value) && multiples.every((of) => isPlainMultiple(value, of))) return value
      }
    }
    return spare ?? [min?.value, max?.value].find((value) => value !== undefined && keeps(value))
  }
}

const above = (value: number, bound: Bound | undefined): boolean =>
  !bound || value > bound.value || (value === bound.value && !bound.open)
const below = (value: number, bound: Bound | undefined): boolean =>
  !bound || value < bound.value || (value === bound.value && !bound.open)

function draw({ step, places, low, high }: Grid, random: Random): number {
  const span = high - low
  const index =
    span < 9_007_199_254_740_991n ? BigInt(random.int(0, Number(span))) : (span * BigInt(random.bits())) >> 32n
  const value = numberOf((low + index) * step, places)
  return value === 0 ? 0 : value // JSON has no negative zero
}

/** The grid asked for; for numbers in general, finer ones until the bounds leave room. */
function gridsOf(form: Form, whole: boolean): Grid[] {
  const { multiples } = form.numbers
  if (whole || (multiples.length > 0 && form.numbers.strangers.length === 0)) {
    const grid = gridOf(form, whole ? [1, ...multiples] : multiples, 0)
    return grid ? [grid] : []
  }
  const found: Grid[] = []
  for (const places of [2, 4, 8, 16, 32, 64, 340]) {
    const grid = gridOf(form, multiples, places)
    if (grid) found.push(grid)
    if (grid && grid.high - grid.low > 20n && form.numbers.strangers.length === 0) break
  }
  return found
}

function gridOf({ numbers: { min, max } }: Form, multiples: readonly number[], least: number): Grid | undefined {
  const exact = multiples.map((of) => exactOf(Math.abs(of)))
  const bounds = [min, max].map((bound) => (bound ? exactOf(bound.value) : undefined))
  const places = Math.max(least, ...exact.map((one) => one.places), ...bounds.map((one) => one?.places ?? 0))
  const steps = exact.map((one) => unitsAt(one, places))
  const base =
    steps.length > 0
      ? steps.reduce((left, right) => (left / divisorOf(left, right)) * right)
      : 10n ** BigInt(places - least)
  const [floor, ceiling] = bounds.map((one) => one && unitsAt(one, places))
  const low =
    floor === undefined ? undefined : -floorDivide(-floor, base) + (min?.open && floor % base === 0n ? 1n : 0n)
  const high =
    ceiling === undefined ? undefined : floorDivide(ceiling, base) - (max?.open && ceiling % base === 0n ? 1n : 0n)
  const room = roomOf(10n ** BigInt(places), base)
  const [from, to] = windowOf(low, high, room)
  return from <= to ? { step: base, places, low: from, high: to } : undefined
}

/** Steps in the stretch drawn from where a bound is missing: about a thousand, and no fewer than a hundred steps. */
const roomOf = (one: bigint, step: bigint): bigint => {
  const steps = (1000n * one) / step
  return steps < 100n ? 100n : steps
}

function windowOf(low: bigint | undefined, high: bigint | undefined, room: bigint): [bigint, bigint] {
  if (low !== undefined && high !== undefined) return [low, high]
  if (low !== undefined) return [low, low + (low > room ? low : room)]
  if (high === undefined) return [0n, room]
  return high >= 0n ? [0n, high < room ? high : room] : [high - room, high]
}
