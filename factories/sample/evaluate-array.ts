import { includes, join } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import type { Examiner, Marks } from './evaluate.ts'
import type { Spot } from './spot.ts'

/** Tells whether the items of an array satisfy the keywords for arrays at a spot. */
export function evaluateArray(
  examiner: Examiner,
  spot: Spot,
  value: readonly unknown[],
  marks: Marks | undefined,
): boolean {
  const schema = spot.schema as SchemaObject
  if (typeof schema.minItems === 'number' && value.length < schema.minItems) return false
  if (typeof schema.maxItems === 'number' && value.length > schema.maxItems) return false
  if (schema.uniqueItems === true && hasTwins(value)) return false
  return (
    evaluateItems(examiner, spot, value, marks) &&
    evaluateContains(examiner, spot, value, marks) &&
    evaluateRest(examiner, spot, value, marks)
  )
}

/** Tells whether two items are equal. */
function hasTwins(items: readonly unknown[]): boolean {
  const simple = new Set(items.filter((item) => typeof item !== 'object' || item === null))
  const others = items.filter((item) => typeof item === 'object' && item !== null)
  return (
    simple.size + others.length < items.length || others.some((item, index) => includes(others.slice(0, index), item))
  )
}

function evaluateItems(
  { spots, accepts }: Examiner,
  spot: Spot,
  value: readonly unknown[],
  marks: Marks | undefined,
): boolean {
  const schema = spot.schema as SchemaObject
  const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems.length : 0
  return value.every((item, index) => {
    const path = index < prefix ? join('', 'prefixItems', index) : 'items' in schema ? '/items' : undefined
    if (path === undefined) return true
    marks?.items.add(index)
    return accepts(spots.child(spot, path), item)
  })
}

function evaluateContains(
  { spots, accepts }: Examiner,
  spot: Spot,
  value: readonly unknown[],
  marks: Marks | undefined,
): boolean {
  const schema = spot.schema as SchemaObject
  if (!('contains' in schema)) return true
  const found = [...value.keys()].filter((index) => accepts(spots.child(spot, '/contains'), value[index]))
  for (const index of found) marks?.items.add(index)
  const { minContains = 1, maxContains = Infinity } = schema
  return found.length >= (minContains as number) && found.length <= (maxContains as number)
}

function evaluateRest(
  { spots, accepts }: Examiner,
  spot: Spot,
  value: readonly unknown[],
  marks: Marks | undefined,
): boolean {
  if (!('unevaluatedItems' in (spot.schema as SchemaObject))) return true
  return value.every((item, index) => {
    if (marks?.items.has(index)) return true
    marks?.items.add(index)
    return accepts(spots.child(spot, '/unevaluatedItems'), item)
  })
}
