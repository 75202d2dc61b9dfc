// Makes arrays that keep to a conjunction: which item must satisfy which schemas, and how many there are.

import { copy, includes, join } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import { hashText } from '../random.ts'
import type { Random } from '../random.ts'
import { nothing } from './strategy.ts'
import type { Alternative, DrawState, PropertyPath, Strategies, Strategy } from './strategy.ts'
import type { Contained, Conjunction } from './conjunction.ts'
import { describeConjunction } from './conjunction.ts'
import type { Subschema } from './subschema.ts'

/** Arrays that must be longer than this are refused. */
const longest = 10_000
const many = hashText('length')

/** Draws of an item before a twin, or null where anything else would do, is taken. */
const attempts = 40

/** The strategies of the first items and of all after them, and how many there may be. */
interface Layout {
  readonly first: readonly Strategy[]
  readonly rest: Strategy
  readonly min: number
  readonly max: number
}

/** Returns the ways to make arrays that keep to a conjunction: one for each way to lay out the items that must be among them. */
export function compileArray(strategies: Strategies, conjunction: Conjunction, weight: number): Alternative[] {
  return layoutsOf(strategies, conjunction).map((layout) => {
    const needs = [...layout.first.slice(0, layout.min), ...(layout.min > layout.first.length ? [layout.rest] : [])]
    return {
      type: 'array',
      rules: describeConjunction(conjunction, 'array'),
      weight,
      exact: conjunction.exact && !conjunction.arrays.twins && conjunction.excluded.length === 0,
      needs,
      height: () => 1 + Math.max(0, ...needs.map((strategy) => strategy.height)),
      draw: (random, path, state) => drawArray(strategies, layout, conjunction, random, path, state),
    }
  })
}

function drawArray(
  strategies: Strategies,
  layout: Layout,
  { arrays: { unique, twins } }: Conjunction,
  random: Random,
  path: PropertyPath,
  state: DrawState,
): unknown {
  const items: unknown[] = []
  const length = lengthOf(layout, random, state)
  for (let index = 0; index < length; index++) {
    const strategy = layout.first[index] ?? layout.rest
    const source = random.at(index)
    let item = strategies.draw(strategy, source, path, state)
    const isEmpty = (): boolean => item === null && strategy.alternatives.some(({ type }) => type !== 'null')
    const isTwin = (): boolean => unique && includes(items, item)
    for (let turn = 1; turn < attempts && (isEmpty() || isTwin()); turn++)
      item = strategies.draw(strategy, source.at(turn), path, state)
    if (item === nothing || isTwin()) return index < layout.min ? nothing : items
    if (isEmpty() && index >= layout.min) return items
    items.push(item)
  }
  if (!twins) return items
  const twin = copy(items[0])
  return items.length < 2 ? nothing : [...items.slice(0, -1), twin]
}

function lengthOf({ first, rest, min, max }: Layout, random: Random, state: DrawState): number {
  const dead = first.findIndex((strategy) => strategy.height === Infinity)
  const most = Math.min(max, dead >= 0 ? dead : rest.height === Infinity ? first.length : Infinity)
  const next = first[min] ?? rest
  if (state.minimal || most <= min || next.active > 0) return min
  const usual = Math.max(min, 1, first.length)
  return random
    .at(many)
    .int(Math.min(usual, most), Math.min(most, Math.max(min + 2, usual + (first.length > 0 ? 1 : 2))))
}

function layoutsOf(strategies: Strategies, conjunction: Conjunction): Layout[] {
  const { arrays } = conjunction
  const prefix = Math.max(
    0,
    ...arrays.layers.map(({ subschema }) => prefixOf(subschema)),
    ...[...arrays.placed.keys()].map((index) => index + 1),
  )
  const wanted = arrays.contained.filter(({ min }) => min > 0)
  const layouts: Layout[] = []
  const add = (assigned: readonly (readonly Contained[])[]): void => {
    const min = Math.max(arrays.min, assigned.length, arrays.twins ? 2 : 0)
    if (min > arrays.max || min > longest) return
    const length = Math.max(prefix, assigned.length)
    const strategyAt = (index: number): Strategy =>
      strategies.strategy(itemSchemas(strategies, conjunction, index, assigned[index] ?? []))
    layouts.push({
      first: Array.from({ length }, (_, index) => strategyAt(index)),
      rest: strategyAt(length),
      min,
      max: arrays.max,
    })
  }
  if (wanted.length === 0) add([])
  else
    for (const offset of new Set([prefix, ...Array.from({ length: Math.min(prefix, 8) }, (_, index) => index)])) {
      add(assign(wanted, offset, false))
      if (wanted.length > 1) add(assign(wanted, offset, true))
    }
  return layouts
}

/** Which position serves which `contains`: each its own, or several at once. */
function assign(wanted: readonly Contained[], offset: number, shared: boolean): Contained[][] {
  const positions: Contained[][] = Array.from({ length: offset }, () => [])
  let next = offset
  for (const one of wanted) {
    const start = Math.max(shared ? offset : next, one.from)
    for (let index = start; index < start + Math.min(one.min, longest); index++) {
      while (positions.length <= index) positions.push([])
      positions[index]?.push(one)
      next = index + 1
    }
  }
  return positions
}

function itemSchemas(
  { validator: { subschemas } }: Strategies,
  { arrays }: Conjunction,
  index: number,
  serves: readonly Contained[],
): Subschema[] {
  const goal: Subschema[] = [...(arrays.placed.get(index) ?? [])]
  const counted = new Set<number>()
  for (const { subschema, owners } of arrays.layers) {
    const path =
      index < prefixOf(subschema)
        ? join('/prefixItems', index)
        : 'items' in (subschema.schema as SchemaObject)
          ? '/items'
          : undefined
    if (path === undefined) continue
    goal.push(subschemas.child(subschema, path))
    for (const owner of owners) counted.add(owner)
  }
  for (const one of arrays.contained) {
    if (serves.includes(one)) {
      goal.push(one.subschema)
      for (const owner of one.owners) counted.add(owner)
    } else if (one.max !== Infinity) goal.push(subschemas.negation(one.subschema))
  }
  for (const rest of arrays.rests) {
    if (counted.has(rest.owner) || arrays.rests.some((other) => other.owners.includes(rest.owner))) continue
    goal.push(rest.subschema)
  }
  return goal
}

const prefixOf = ({ schema }: Subschema): number => {
  const items = (schema as SchemaObject).prefixItems
  return Array.isArray(items) ? items.length : 0
}
