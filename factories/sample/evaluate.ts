import { equal, hasFormat, includes, isMultiple, isObject, join, patternOf } from '../../spec/index.ts'
import type { Schema } from '../../spec/index.ts'
import { evaluateArray } from './evaluate-array.ts'
import { evaluateObject } from './evaluate-object.ts'
import { fitsByTag } from './discriminator.ts'
import { kindOf, kindsOf } from './kind.ts'
import type { Spot, Spots } from './spot.ts'

/** What a schema has looked at: names of members, indices of items. */
export interface Marks {
  readonly names: Set<string>
  readonly items: Set<number>
}

/** What an evaluation knows. */
export interface Examiner {
  readonly spots: Spots
  /** Tells whether a property of a schema does not travel in the direction sampled for, so that its absence is no fault. */
  isHidden(spot: Spot, name: string): boolean
  /** Tells whether a value satisfies the schema at a spot; what it looked at is added to the marks. */
  accepts(spot: Spot, value: unknown, marks?: Marks): boolean
}

/** Returns fresh marks. */
const createMarks = (): Marks => ({ names: new Set(), items: new Set() })

/** Returns an examiner: a validator of JSON Schema 2020-12 that follows spots and needs no code generation. Formats are asserted. */
export function createExaminer(spots: Spots, isHidden: Examiner['isHidden']): Examiner {
  const examiner: Examiner = { spots, isHidden, accepts }

  function accepts(spot: Spot, value: unknown, marks?: Marks): boolean {
    if (spot.denied) return !accepts(spots.opposite(spot), value)
    const { schema } = spot
    if (typeof schema === 'boolean') return schema
    const own = marks || 'unevaluatedProperties' in schema || 'unevaluatedItems' in schema ? createMarks() : undefined
    const valid =
      acceptsScalar(schema, value) &&
      evaluateApplicators(examiner, spot, value, own) &&
      (!isObject(value) || evaluateObject(examiner, spot, value, own)) &&
      (!Array.isArray(value) || evaluateArray(examiner, spot, value, own))
    if (valid && own && marks) add(own, marks)
    return valid
  }

  return examiner
}

function add(from: Marks, to: Marks): void {
  for (const name of from.names) to.names.add(name)
  for (const item of from.items) to.items.add(item)
}

/** Keywords that ask nothing of members, items or other schemas. */
const lone = new Set([
  'type',
  'const',
  'enum',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'nullable',
  '$comment',
])

/** Returns a test for values of a goal; a quick one where its schemas look at nothing but the value itself. */
export function testerOf({ accepts }: Examiner, goal: readonly Spot[]): (value: unknown) => boolean {
  const plain = goal.flatMap(({ schema, denied }) =>
    !denied &&
    typeof schema !== 'boolean' &&
    Object.keys(schema).every((word) => lone.has(word) || word.startsWith('x-'))
      ? [schema]
      : [],
  )
  if (plain.length < goal.length) return (value) => goal.every((spot) => accepts(spot, value))
  const [only] = plain
  if (only && plain.length === 1) return (value) => acceptsScalar(only, value)
  return (value) => plain.every((schema) => acceptsScalar(schema, value))
}

function acceptsScalar(schema: Exclude<Schema, boolean>, value: unknown): boolean {
  if ('type' in schema && !kindsOf(schema.type).has(kindOf(value))) return false
  if ('const' in schema && !equal(schema.const, value)) return false
  if (Array.isArray(schema.enum) && !includes(schema.enum, value)) return false
  if (typeof value === 'number') return acceptsNumber(schema, value)
  return typeof value !== 'string' || acceptsString(schema, value)
}

function acceptsNumber(
  { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf, format }: Exclude<Schema, boolean>,
  value: number,
): boolean {
  if (typeof minimum === 'number' && value < minimum) return false
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) return false
  if (typeof maximum === 'number' && value > maximum) return false
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) return false
  if (typeof multipleOf === 'number' && !isMultiple(multipleOf, value)) return false
  return typeof format !== 'string' || hasFormat(format, value)
}

function acceptsString({ minLength, maxLength, pattern, format }: Exclude<Schema, boolean>, value: string): boolean {
  if (typeof minLength === 'number' && [...value].length < minLength) return false
  if (typeof maxLength === 'number' && [...value].length > maxLength) return false
  if (typeof pattern === 'string' && !patternOf(pattern).test(value)) return false
  return typeof format !== 'string' || hasFormat(format, value)
}

/** Schemas that apply to the same value. All branches are looked at where marks are kept. */
function evaluateApplicators(
  { spots, accepts }: Examiner,
  spot: Spot,
  value: unknown,
  marks: Marks | undefined,
): boolean {
  const schema = spot.schema as Exclude<Schema, boolean>
  const holds = (path: string): boolean => accepts(spots.child(spot, path), value, marks)
  const count = (keyword: string): number =>
    (schema[keyword] as readonly unknown[]).filter((_, index) => holds(join('', keyword, index))).length
  if (typeof schema.$ref === 'string' && !accepts(spots.follow(spot, schema.$ref), value, marks)) return false
  if (typeof schema.$dynamicRef === 'string' && !accepts(spots.followDynamic(spot, schema.$dynamicRef), value, marks))
    return false
  if (Array.isArray(schema.allOf) && !schema.allOf.every((_, index) => holds(join('', 'allOf', index)))) return false
  if (
    Array.isArray(schema.anyOf) &&
    !(marks ? count('anyOf') > 0 : schema.anyOf.some((_, index) => holds(join('', 'anyOf', index))))
  )
    return false
  if (Array.isArray(schema.oneOf)) {
    const paths = schema.oneOf.map((_, index) => join('', 'oneOf', index))
    const byTag = fitsByTag(spots, spot, paths, value, holds)
    if (byTag === false || (byTag === undefined && count('oneOf') !== 1)) return false
  }
  if ('not' in schema && accepts(spots.child(spot, '/not'), value)) return false
  if (!('if' in schema)) return true
  const branch = holds('/if') ? 'then' : 'else'
  return !(branch in schema) || holds(`/${branch}`)
}
