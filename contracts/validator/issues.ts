import type { Compiled } from './compile.ts'
import { strangersOf } from './evaluated.ts'
import { fits } from './node.ts'
import { othersOf } from './objects.ts'
import { isTable, own } from './schema.ts'
import type { PlainSchema } from './schema.ts'

/** Something that a schema asks for and a value does not give; the members are those of Ajv's errors. */
export interface Issue {
  /** JSON pointer into the value. */
  readonly instancePath: string
  readonly keyword: string
  /** What the keyword says, and the member it is about: `missingProperty`, `additionalProperty`, `unevaluatedProperty`. */
  readonly params: Readonly<Record<string, unknown>>
  readonly schema?: unknown
  /** The schema that the keyword stands in. */
  readonly parentSchema?: unknown
  readonly message?: string
}

type Table = Readonly<Record<string, unknown>>

const step = (pointer: string, name: string | number): string =>
  `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** Keywords that lead to other schemas of the same value. */
const lists = new Set(['allOf', 'anyOf', 'oneOf'])
/** Keywords that only mean something beside another one. */
const helpers = new Set(['then', 'else', 'minContains', 'maxContains'])

/** Returns what a schema asks for that a value does not give, the deepest places first told. */
export function issuesOf(schema: PlainSchema, value: unknown, compiled: Compiled, pointer = ''): readonly Issue[] {
  const { compile, follow } = compiled
  if (fits(compile(schema), value)) return []
  if (typeof schema !== 'object')
    return [{ instancePath: pointer, keyword: 'false schema', params: {}, schema, parentSchema: schema }]
  const deeper = (inner: PlainSchema, name?: string | number, at = value): readonly Issue[] =>
    issuesOf(inner, at, compiled, name === undefined ? pointer : step(pointer, name))
  return Object.entries(schema).flatMap(([keyword, rule]): readonly Issue[] => {
    const issue = (params: object = {}): Issue => ({
      instancePath: pointer,
      keyword,
      params: { ...paramsOf(keyword, rule), ...params },
      schema: rule,
      parentSchema: schema,
    })
    const inside = within(keyword, rule, schema, value)
    if (inside)
      return inside.flatMap(([inner, name, at]) =>
        inner === false && keyword === 'additionalProperties'
          ? [issue({ additionalProperty: name })]
          : deeper(inner, name, at),
      )
    if (keyword === '$ref') return deeper(follow(rule as string))
    if (keyword === 'if')
      return deeper(((fits(compile(rule as PlainSchema), value) ? schema.then : schema.else) as PlainSchema) ?? true)
    if (keyword === 'required') return missingOf(rule, value).map((missingProperty) => issue({ missingProperty }))
    if (keyword === 'unevaluatedProperties' || keyword === 'unevaluatedItems')
      return strangersOf(schema, value, compile, follow).map((name) => issue({ unevaluatedProperty: String(name) }))
    if (helpers.has(keyword) || fits(compile(alone(keyword, rule, schema)), value)) return []
    const branches = lists.has(keyword) ? (rule as PlainSchema[]).flatMap((branch) => deeper(branch)) : []
    const passing =
      keyword === 'oneOf'
        ? (rule as PlainSchema[]).flatMap((branch, index) => (fits(compile(branch), value) ? [index] : []))
        : []
    return keyword === 'allOf' ? branches : [...branches, issue(passing.length > 0 ? { passingSchemas: passing } : {})]
  })
}

/** A keyword as a schema of its own, with those that it does not mean anything without. */
const alone = (keyword: string, rule: unknown, { minContains, maxContains }: Table): PlainSchema =>
  keyword === 'contains'
    ? {
        contains: rule,
        ...(minContains !== undefined && { minContains }),
        ...(maxContains !== undefined && { maxContains }),
      }
    : { [keyword]: rule }

const missingOf = (names: unknown, value: unknown): readonly string[] =>
  isTable(value) && Array.isArray(names) ? (names as string[]).filter((name) => own(value, name) === undefined) : []

type Inside = readonly (readonly [schema: PlainSchema, name: string | number | undefined, value: unknown])[]

/** Returns the parts of a value that a keyword speaks of, each with its schema; `undefined` where it speaks of no parts. */
function within(keyword: string, rule: unknown, schema: Table, value: unknown): Inside | undefined {
  const table = isTable(value) ? Object.entries(value) : []
  const list: readonly unknown[] = Array.isArray(value) ? value : []
  const first = Array.isArray(schema.prefixItems) ? (schema.prefixItems as PlainSchema[]) : []
  switch (keyword) {
    case 'properties':
      return table
        .filter(([name]) => own(rule as object, name) !== undefined)
        .map(([name, inner]) => [own(rule as object, name) as PlainSchema, name, inner])
    case 'patternProperties':
      return Object.entries(rule as Record<string, PlainSchema>).flatMap(([pattern, inner]) =>
        table
          .filter(([name]) => new RegExp(pattern, 'u').test(name))
          .map(([name, at]): Inside[number] => [inner, name, at]),
      )
    case 'additionalProperties':
      return isTable(value) ? othersOf(schema)(value).map((name) => [rule as PlainSchema, name, value[name]]) : []
    case 'items':
      return list.slice(first.length).map((item, index) => [rule as PlainSchema, first.length + index, item])
    case 'prefixItems':
      return first.slice(0, list.length).map((inner, index) => [inner, index, list[index]])
    case 'dependentSchemas':
      return Object.entries(rule as Record<string, PlainSchema>)
        .filter(([name]) => isTable(value) && own(value, name) !== undefined)
        .map(([, inner]) => [inner, undefined, value])
    default:
      return undefined
  }
}

const comparisons: Readonly<Record<string, string>> = {
  minimum: '>=',
  maximum: '<=',
  exclusiveMinimum: '>',
  exclusiveMaximum: '<',
}

function paramsOf(keyword: string, rule: unknown): Readonly<Record<string, unknown>> {
  switch (keyword) {
    case 'enum':
      return { allowedValues: rule }
    case 'const':
      return { allowedValue: rule }
    case 'type':
    case 'format':
    case 'pattern':
    case 'multipleOf':
      return { [keyword]: rule }
    default:
      return comparisons[keyword] === undefined ? { limit: rule } : { limit: rule, comparison: comparisons[keyword] }
  }
}
