import { oneOfThese } from './equal.ts'
import { every, fits } from './node.ts'
import type { Node, Test } from './node.ts'
import type { Compile, PlainSchema } from './schema.ts'

const listOf = (value: unknown): readonly PlainSchema[] => (Array.isArray(value) ? (value as PlainSchema[]) : [])

/** Returns the test of what a schema asks of every value, whatever its type; `undefined` where it asks nothing. */
export function choiceTest(schema: Readonly<Record<string, unknown>>, compile: Compile): Test | undefined {
  const { allOf, anyOf, oneOf, not, enum: words } = schema
  return every([
    Array.isArray(words) ? oneOfThese(words) : undefined,
    schema.const === undefined ? undefined : oneOfThese([schema.const]),
    ...listOf(allOf).map((inner) => asTest(compile(inner))),
    anyOf === undefined ? undefined : anyTest(listOf(anyOf), compile),
    oneOf === undefined ? undefined : oneTest(listOf(oneOf), compile),
    not === undefined ? undefined : negate(compile(not as PlainSchema)),
    schema.if === undefined ? undefined : branchTest(schema, compile),
  ])
}

/** Returns a node as a test. */
export const asTest =
  (node: Node): Test =>
  (value) =>
    fits(node, value)

const negate =
  (node: Node): Test =>
  (value) =>
    !fits(node, value)

const isNullOnly = (schema: PlainSchema): boolean =>
  typeof schema === 'object' && schema.type === 'null' && Object.keys(schema).length === 1

function anyTest(branches: readonly PlainSchema[], compile: Compile): Test {
  const others = branches.filter((branch) => !isNullOnly(branch)).map((branch) => compile(branch))
  const mayBeNull = others.length < branches.length
  const [first, ...rest] = others
  // Nearly every choice of an API is "that, or null".
  if (mayBeNull && first && rest.length === 0) return (value) => value === null || fits(first, value)
  return (value) => (mayBeNull && value === null) || others.some((node) => fits(node, value))
}

function oneTest(branches: readonly PlainSchema[], compile: Compile): Test {
  const nodes = branches.map((branch) => compile(branch))
  return (value) => {
    let count = 0
    for (const node of nodes) if (fits(node, value) && ++count > 1) return false
    return count === 1
  }
}

function branchTest(schema: Readonly<Record<string, unknown>>, compile: Compile): Test {
  const condition = compile(schema.if as PlainSchema)
  const [met = true, otherwise = true] = [schema.then, schema.else] as (PlainSchema | undefined)[]
  const [yes, no] = [compile(met), compile(otherwise)]
  return (value) => fits(fits(condition, value) ? yes : no, value)
}
