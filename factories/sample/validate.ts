// Validates values against parts of schemas where Ajv is not asked: the same verdict where no code may be made.

import { equal, hasFormat, includes, isMultiple, isObject, join, patternOf } from '../../spec/index.ts'
import type { Schema, SchemaObject } from '../../spec/index.ts'
import { valueTypeOf, valueTypesOf } from './conjunction.ts'
import { fitsByTag } from './discriminator.ts'
import type { Subschema, Subschemas } from './subschema.ts'

/** What a schema has looked at: names of members, indices of items. */
interface Evaluated {
  readonly names: Set<string>
  readonly items: Set<number>
}

/** What an evaluation knows. */
export interface Validator {
  readonly subschemas: Subschemas
  /** Tells whether a property of a schema does not travel in the direction sampled for, so that its absence is no fault. */
  isHidden(subschema: Subschema, name: string): boolean
  /** Tells whether a value satisfies the schema at a subschema; what it looked at is added to the marks. */
  accepts(subschema: Subschema, value: unknown, marks?: Evaluated): boolean
}

/** Returns fresh marks. */
const createMarks = (): Evaluated => ({ names: new Set(), items: new Set() })

/** Returns an validator: a validator of JSON Schema 2020-12 that follows subschemas and needs no code generation. Formats are asserted. */
export function createValidator(subschemas: Subschemas, isHidden: Validator['isHidden']): Validator {
  const validator: Validator = { subschemas, isHidden, accepts }

  function accepts(subschema: Subschema, value: unknown, marks?: Evaluated): boolean {
    if (subschema.negated) return !accepts(subschemas.negation(subschema), value)
    const { schema } = subschema
    if (typeof schema === 'boolean') return schema
    const own = marks || 'unevaluatedProperties' in schema || 'unevaluatedItems' in schema ? createMarks() : undefined
    const valid =
      acceptsScalar(schema, value) &&
      evaluateApplicators(validator, subschema, value, own) &&
      (!isObject(value) || evaluateObject(validator, subschema, value, own)) &&
      (!Array.isArray(value) || evaluateArray(validator, subschema, value, own))
    if (valid && own && marks) add(own, marks)
    return valid
  }

  return validator
}

function add(from: Evaluated, to: Evaluated): void {
  for (const name of from.names) to.names.add(name)
  for (const item of from.items) to.items.add(item)
}

/** Keywords that ask nothing of members, items or other schemas. */
const scalarKeywords = new Set([
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
export function testerOf({ accepts }: Validator, goal: readonly Subschema[]): (value: unknown) => boolean {
  const plain = goal.flatMap(({ schema, negated }) =>
    !negated &&
    typeof schema !== 'boolean' &&
    Object.keys(schema).every((word) => scalarKeywords.has(word) || word.startsWith('x-'))
      ? [schema]
      : [],
  )
  if (plain.length < goal.length) return (value) => goal.every((subschema) => accepts(subschema, value))
  const [only] = plain
  if (only && plain.length === 1) return (value) => acceptsScalar(only, value)
  return (value) => plain.every((schema) => acceptsScalar(schema, value))
}

function acceptsScalar(schema: Exclude<Schema, boolean>, value: unknown): boolean {
  if ('type' in schema && !valueTypesOf(schema.type).has(valueTypeOf(value))) return false
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
  { subschemas, accepts }: Validator,
  subschema: Subschema,
  value: unknown,
  marks: Evaluated | undefined,
): boolean {
  const schema = subschema.schema as Exclude<Schema, boolean>
  const holds = (path: string): boolean => accepts(subschemas.child(subschema, path), value, marks)
  const count = (keyword: string): number =>
    (schema[keyword] as readonly unknown[]).filter((_, index) => holds(join('', keyword, index))).length
  if (typeof schema.$ref === 'string' && !accepts(subschemas.follow(subschema, schema.$ref), value, marks)) return false
  if (
    typeof schema.$dynamicRef === 'string' &&
    !accepts(subschemas.followDynamic(subschema, schema.$dynamicRef), value, marks)
  )
    return false
  if (Array.isArray(schema.allOf) && !schema.allOf.every((_, index) => holds(join('', 'allOf', index)))) return false
  if (
    Array.isArray(schema.anyOf) &&
    !(marks ? count('anyOf') > 0 : schema.anyOf.some((_, index) => holds(join('', 'anyOf', index))))
  )
    return false
  if (Array.isArray(schema.oneOf)) {
    const paths = schema.oneOf.map((_, index) => join('', 'oneOf', index))
    const byTag = fitsByTag(subschemas, subschema, paths, value, holds)
    if (byTag === false || (byTag === undefined && count('oneOf') !== 1)) return false
  }
  if ('not' in schema && accepts(subschemas.child(subschema, '/not'), value)) return false
  if (!('if' in schema)) return true
  const branch = holds('/if') ? 'then' : 'else'
  return !(branch in schema) || holds(`/${branch}`)
}

type Members = Readonly<Record<string, unknown>>

/** Tells whether the members of an object satisfy the keywords for objects at a subschema. */
function evaluateObject(
  validator: Validator,
  subschema: Subschema,
  value: Members,
  marks: Evaluated | undefined,
): boolean {
  const schema = subschema.schema as SchemaObject
  const names = Object.keys(value)
  if (typeof schema.minProperties === 'number' && names.length < schema.minProperties) return false
  if (typeof schema.maxProperties === 'number' && names.length > schema.maxProperties) return false
  const lacks = (name: unknown): boolean =>
    !Object.hasOwn(value, name as string) && !validator.isHidden(subschema, name as string)
  if (Array.isArray(schema.required) && schema.required.some(lacks)) return false
  return (
    evaluateDependents(validator, subschema, value, marks) &&
    names.every((name) => evaluateMember(validator, subschema, name, value[name], marks)) &&
    evaluateOtherMembers(validator, subschema, value, marks)
  )
}

function evaluateDependents(
  { subschemas, accepts, isHidden }: Validator,
  subschema: Subschema,
  value: Members,
  marks: Evaluated | undefined,
): boolean {
  const schema = subschema.schema as SchemaObject
  const lacks = (name: unknown): boolean =>
    !Object.hasOwn(value, name as string) && !isHidden(subschema, name as string)
  return (['dependentRequired', 'dependentSchemas', 'dependencies'] as const).every((keyword) => {
    const dependents = schema[keyword]
    return (
      !isObject(dependents) ||
      Object.entries(dependents).every(([name, wanted]) => {
        if (!Object.hasOwn(value, name)) return true
        return Array.isArray(wanted)
          ? !wanted.some(lacks)
          : accepts(subschemas.child(subschema, join('', keyword, name)), value, marks)
      })
    )
  })
}

/** Properties, pattern properties, else additional ones; and the name itself. */
function evaluateMember(
  { subschemas, accepts }: Validator,
  subschema: Subschema,
  name: string,
  value: unknown,
  marks: Evaluated | undefined,
): boolean {
  const schema = subschema.schema as SchemaObject
  if ('propertyNames' in schema && !accepts(subschemas.child(subschema, '/propertyNames'), name)) return false
  const paths: string[] = []
  if (isObject(schema.properties) && Object.hasOwn(schema.properties, name)) paths.push(join('/properties', name))
  for (const pattern of isObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : []) {
    if (patternOf(pattern).test(name)) paths.push(join('/patternProperties', pattern))
  }
  if (paths.length === 0 && 'additionalProperties' in schema) paths.push('/additionalProperties')
  if (paths.length > 0) marks?.names.add(name)
  return paths.every((path) => accepts(subschemas.child(subschema, path), value))
}

function evaluateOtherMembers(
  { subschemas, accepts }: Validator,
  subschema: Subschema,
  value: Members,
  marks: Evaluated | undefined,
): boolean {
  if (!('unevaluatedProperties' in (subschema.schema as SchemaObject))) return true
  return Object.keys(value).every((name) => {
    if (marks?.names.has(name)) return true
    marks?.names.add(name)
    return accepts(subschemas.child(subschema, '/unevaluatedProperties'), value[name])
  })
}

/** Tells whether the items of an array satisfy the keywords for arrays at a subschema. */
function evaluateArray(
  validator: Validator,
  subschema: Subschema,
  value: readonly unknown[],
  marks: Evaluated | undefined,
): boolean {
  const schema = subschema.schema as SchemaObject
  if (typeof schema.minItems === 'number' && value.length < schema.minItems) return false
  if (typeof schema.maxItems === 'number' && value.length > schema.maxItems) return false
  if (schema.uniqueItems === true && hasTwins(value)) return false
  return (
    evaluateItems(validator, subschema, value, marks) &&
    evaluateContains(validator, subschema, value, marks) &&
    evaluateOtherItems(validator, subschema, value, marks)
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
  { subschemas, accepts }: Validator,
  subschema: Subschema,
  value: readonly unknown[],
  marks: Evaluated | undefined,
): boolean {
  const schema = subschema.schema as SchemaObject
  const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems.length : 0
  return value.every((item, index) => {
    const path = index < prefix ? join('', 'prefixItems', index) : 'items' in schema ? '/items' : undefined
    if (path === undefined) return true
    marks?.items.add(index)
    return accepts(subschemas.child(subschema, path), item)
  })
}

function evaluateContains(
  { subschemas, accepts }: Validator,
  subschema: Subschema,
  value: readonly unknown[],
  marks: Evaluated | undefined,
): boolean {
  const schema = subschema.schema as SchemaObject
  if (!('contains' in schema)) return true
  const found = [...value.keys()].filter((index) => accepts(subschemas.child(subschema, '/contains'), value[index]))
  for (const index of found) marks?.items.add(index)
  const { minContains = 1, maxContains = Infinity } = schema
  return found.length >= (minContains as number) && found.length <= (maxContains as number)
}

function evaluateOtherItems(
  { subschemas, accepts }: Validator,
  subschema: Subschema,
  value: readonly unknown[],
  marks: Evaluated | undefined,
): boolean {
  if (!('unevaluatedItems' in (subschema.schema as SchemaObject))) return true
  return value.every((item, index) => {
    if (marks?.items.has(index)) return true
    marks?.items.add(index)
    return accepts(subschemas.child(subschema, '/unevaluatedItems'), item)
  })
}
