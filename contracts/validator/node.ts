/** Tells whether a value of the sort it was made for is right. */
export type Test = (value: never) => boolean

/** A schema made ready: the types it allows, and what else it asks of each. */
export interface Node {
  /** A set of {@link bits}. */
  types: number
  string: Test | undefined
  number: Test | undefined
  array: Test | undefined
  object: Test | undefined
  /** Asked of every value. */
  any: Test | undefined
}

/** JSON types as bits, so that a set of them is a number. */
export const bits: Readonly<Record<string, number>> = {
  null: 1,
  boolean: 2,
  string: 4,
  number: 24,
  integer: 16,
  array: 32,
  object: 64,
}

/** Every type, and numbers that are not finite. */
export const anything = 255

/** Returns a node that allows everything. */
export const openNode = (): Node => ({
  types: anything,
  string: undefined,
  number: undefined,
  array: undefined,
  object: undefined,
  any: undefined,
})

const bitOf = (value: number): number => (Number.isInteger(value) ? 16 : Number.isFinite(value) ? 8 : 128)

/** Tells whether a value fits. One function without closures inside: bodies have a great many values. */
export function fits(node: Node, value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      if ((node.types & 4) === 0 || (node.string !== undefined && !node.string(value as never))) return false
      break
    case 'number':
      if ((node.types & bitOf(value)) === 0 || (node.number !== undefined && !node.number(value as never))) return false
      break
    case 'boolean':
      if ((node.types & 2) === 0) return false
      break
    case 'object':
      if (value === null) {
        if ((node.types & 1) === 0) return false
      } else if (Array.isArray(value)) {
        if ((node.types & 32) === 0 || (node.array !== undefined && !node.array(value as never))) return false
      } else if ((node.types & 64) === 0 || (node.object !== undefined && !node.object(value as never))) return false
      break
    default:
      // Not JSON.
      return false
  }
  return node.any === undefined || node.any(value as never)
}

/** Returns one test for several. */
export function every(tests: readonly (Test | undefined)[]): Test | undefined {
  const [first, ...others] = tests.filter((test) => test !== undefined)
  return others.reduce<Test | undefined>((left, right) => left && ((value) => left(value) && right(value)), first)
}
