// Makes numbers, truth values, null and values of lists that keep to a conjunction.

import type { Random } from '../random.ts'
import { copy, includes, isMultiple } from '../../spec/index.ts'
import { describeConjunction, valueTypeOf } from './conjunction.ts'
import type { Bound, Conjunction, ValueType } from './conjunction.ts'
import { nothing } from './strategy.ts'
import type { Alternative, Strategies } from './strategy.ts'
import { compileString } from './strings.ts'
import type { Subschema } from './subschema.ts'

const scalar = (
  type: ValueType,
  rules: string,
  weight: number,
  exact: boolean,
  draw: Alternative['draw'],
): Alternative => ({
  type,
  rules,
  weight,
  exact,
  needs: [],
  height: () => 0,
  draw,
})

/** Returns the way to pick one of the values a conjunction lists; each of them is checked already. */
export function compileValues(
  strategies: Strategies,
  goal: readonly Subschema[],
  conjunction: Conjunction,
  values: readonly unknown[],
  weight: number,
): Alternative {
  const likely = values.length > 1 ? strategies.suggestionFor(conjunction, goal) : undefined
  const real = values.filter((value) => value !== null)
  return scalar(
    valueTypeOf(values[0]),
    'one of the values of const or enum',
    weight,
    true,
    (random, path, { optional }) => {
      const value = likely ? likely(random, path) : nothing
      return value === nothing ? copy(random.pick(optional === 'all' && real.length > 0 ? real : values)) : value
    },
  )
}

/** Returns the ways to make values of a type that nests nothing. */
export function compileScalar(
  strategies: Strategies,
  goal: readonly Subschema[],
  conjunction: Conjunction,
  type: ValueType,
  weight: number,
): Alternative[] {
  if (type === 'null')
    return includes(conjunction.excluded, null)
      ? []
      : [scalar(type, describeConjunction(conjunction, type), weight, conjunction.exact, () => null)]
  if (type === 'boolean') {
    const values = [true, false].filter((value) => !conjunction.excluded.includes(value))
    return values.length > 0
      ? [suggestedScalar(strategies, goal, conjunction, type, weight, (random) => random.pick(values))]
      : []
  }
  const draw = type === 'string' ? compileString(conjunction) : compileNumber(conjunction)
  return draw ? [suggestedScalar(strategies, goal, conjunction, type, weight, (random) => draw(random) ?? nothing)] : []
}

/** What others suggest goes first; it is used if it satisfies the schema. */
function suggestedScalar(
  strategies: Strategies,
  goal: readonly Subschema[],
  conjunction: Conjunction,
  type: ValueType,
  weight: number,
  draw: (random: Random) => unknown,
): Alternative {
  const suggestionFor = strategies.suggestionFor(conjunction, goal)
  return scalar(type, describeConjunction(conjunction, type), weight, conjunction.exact, (random, path) => {
    const value = suggestionFor(random, path)
    return value === nothing ? draw(random) : value
  })
}

/** Whole numbers k such that k × step × 10^-places are the numbers to draw from. */
interface Grid {
  readonly step: bigint
  readonly places: number
  readonly low: bigint
  readonly high: bigint
}

/** Returns a source of numbers that keep to a conjunction, or `undefined` where it leaves none. */
function compileNumber(conjunction: Conjunction): ((random: Random) => number | undefined) | undefined {
  const whole = !conjunction.types.has('fraction')
  const grids = gridsOf(conjunction, whole)
  if (grids.length === 0) return undefined
  const {
    numbers: { multiples, strangers, min, max },
    excluded,
  } = conjunction
  const keeps = (value: number): boolean =>
    Number.isFinite(value) &&
    (conjunction.types.has('integer') || !Number.isInteger(value)) &&
    isAbove(value, min) &&
    isBelow(value, max) &&
    multiples.every((of) => isMultiple(of, value)) &&
    !strangers.some((of) => isMultiple(of, value)) &&
    !includes(excluded, value)
  return (random) => {
    let spare: number | undefined
    for (const grid of grids) {
      for (let turn = 0; turn < 40; turn++) {
        const value = drawNumber(grid, random)
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

const isAbove = (value: number, bound: Bound | undefined): boolean =>
  !bound || value > bound.value || (value === bound.value && !bound.open)
const isBelow = (value: number, bound: Bound | undefined): boolean =>
  !bound || value < bound.value || (value === bound.value && !bound.open)

function drawNumber({ step, places, low, high }: Grid, random: Random): number {
  const span = high - low
  const index =
    span < 9_007_199_254_740_991n ? BigInt(random.int(0, Number(span))) : (span * BigInt(random.bits())) >> 32n
  const value = numberOf((low + index) * step, places)
  return value === 0 ? 0 : value // JSON has no negative zero
}

/** The grid asked for; for numbers in general, finer ones until the bounds leave room. */
function gridsOf(conjunction: Conjunction, whole: boolean): Grid[] {
  const { multiples } = conjunction.numbers
  if (whole || (multiples.length > 0 && conjunction.numbers.strangers.length === 0)) {
    const grid = gridOf(conjunction, whole ? [1, ...multiples] : multiples, 0)
    return grid ? [grid] : []
  }
  const found: Grid[] = []
  for (const places of [2, 4, 8, 16, 32, 64, 340]) {
    const grid = gridOf(conjunction, multiples, places)
    if (grid) found.push(grid)
    if (grid && grid.high - grid.low > 20n && conjunction.numbers.strangers.length === 0) break
  }
  return found
}

function gridOf({ numbers: { min, max } }: Conjunction, multiples: readonly number[], least: number): Grid | undefined {
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

/** A finite number as it is written in decimal: units × 10^-places. */
interface ExactDecimal {
  readonly units: bigint
  readonly places: number
}

/** Returns the decimal that a finite number is written as. */
function exactOf(value: number): ExactDecimal {
  const [digits = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = digits.split('.')
  const places = fraction.length - Number(exponent)
  const units = BigInt(whole + fraction)
  return places >= 0 ? { units, places } : { units: units * 10n ** BigInt(-places), places: 0 }
}

/** Returns how many units of 10^-places a decimal is; places must suffice for it. */
const unitsAt = ({ units, places }: ExactDecimal, at: number): bigint => units * 10n ** BigInt(at - places)

/** Returns the number nearest to units × 10^-places. */
function numberOf(units: bigint, places: number): number {
  if (places === 0) return Number(units)
  return Number(`${units}e-${places}`)
}

/** Returns the quotient rounded down. The divisor is positive. */
const floorDivide = (value: bigint, by: bigint): bigint => value / by - (value % by < 0n ? 1n : 0n)

/** Returns the greatest common divisor of two positive numbers. */
const divisorOf = (left: bigint, right: bigint): bigint => (right === 0n ? left : divisorOf(right, left % right))

/** Tells whether validators that divide in floating point, or take the remainder, call it a multiple too. */
function isPlainMultiple(value: number, of: number): boolean {
  const [quotient, remainder] = [value / of, Math.abs(value % of)]
  return quotient === Number.parseInt(String(quotient), 10) && Math.min(remainder, of - remainder) < of * 1e-7
}
