import { keyOf } from './equal.ts'
import { every, fits } from './node.ts'
import type { Node, Test } from './node.ts'
import type { Compile, PlainSchema } from './schema.ts'

type List = readonly unknown[]
type Table = Readonly<Record<string, unknown>>

/** Returns the test of what a schema asks of arrays; `undefined` where it asks nothing. */
export const arrayTest = (schema: Table, compile: Compile): Test | undefined =>
  every([itemsTest(schema, compile), besideItems(schema, compile)])

/** Returns the test of what a schema asks of arrays but for `items` and `prefixItems`; `undefined` where that is nothing. */
export function besideItems(
  { minItems, maxItems, uniqueItems, contains, ...schema }: Table,
  compile: Compile,
): Test | undefined {
  return every([
    typeof minItems === 'number' ? (value: List) => value.length >= minItems : undefined,
    typeof maxItems === 'number' ? (value: List) => value.length <= maxItems : undefined,
    contains === undefined ? undefined : containsTest(schema, compile(contains as PlainSchema)),
    uniqueItems === true ? (value: List) => new Set(value.map(keyOf)).size === value.length : undefined,
  ])
}

function itemsTest({ items, prefixItems }: Table, compile: Compile): Test | undefined {
  const first = Array.isArray(prefixItems) ? prefixItems.map((item) => compile(item as PlainSchema)) : []
  const rest = items === undefined ? undefined : compile(items as PlainSchema)
  if (first.length === 0 && !rest) return undefined
  return (value: List) => {
    for (let index = 0; index < value.length; index++) {
      const node = first[index] ?? rest
      if (node && !fits(node, value[index])) return false
    }
    return true
  }
}

function containsTest({ minContains = 1, maxContains = Infinity }: Table, node: Node): Test {
  return (value: List) => {
    const count = value.filter((item) => fits(node, item)).length
    return count >= (minContains as number) && count <= (maxContains as number)
  }
}
