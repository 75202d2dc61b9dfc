// Takes a schema that must hold into a conjunction, keyword by keyword.

import { includes, isObject, join } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import {
  keepTypes,
  keepValues,
  lowerMaximum,
  raiseMinimum,
  valueTypeOf,
  valueTypes,
  valueTypesOf,
} from './conjunction.ts'
import type { Conjunction, ValueType } from './conjunction.ts'
import { heirs, tagOfBranch, tagOfHeir } from './discriminator.ts'
import { drawnRanges } from './strings.ts'
import type { Subschema, Subschemas } from './subschema.ts'
import type { Validator } from './validate.ts'

/** A schema still to take into a conjunction, and the `unevaluated…` keywords that count what it looks at. */
export interface PendingSchema {
  readonly subschema: Subschema
  readonly owners: readonly number[]
}

/** One way to go on: schemas to take in, and a change of the conjunction. */
export interface Choice {
  readonly tasks?: readonly PendingSchema[]
  readonly edit?: (conjunction: Conjunction) => void
}

/** What a schema adds besides the changes of the conjunction. */
export interface SchemaQueue {
  /** Told of schemas that must be taken in as well. */
  readonly task: (task: PendingSchema) => void
  /** Told of options of which one must be taken. */
  readonly choose: (options: readonly Choice[]) => void
  readonly validator: Validator
  /** Whether branches not chosen are excluded by rule instead of by checking values. */
  readonly strict: boolean
  /** The named schema that the value is first of all an example of. */
  readonly origin: Subschema | undefined
}

/** Takes a schema that must hold into a conjunction. */
export function addSchema(
  conjunction: Conjunction,
  { subschema, owners: outer }: PendingSchema,
  queue: SchemaQueue,
): void {
  const schema = subschema.schema as SchemaObject
  conjunction.schemas = [...conjunction.schemas, schema]
  if ('type' in schema) keepTypes(conjunction, valueTypesOf(schema.type))
  if ('const' in schema) keepValues(conjunction, [schema.const])
  if (Array.isArray(schema.enum)) keepValues(conjunction, schema.enum)
  addNumber(conjunction, schema)
  addText(conjunction, schema)
  const owners = 'unevaluatedProperties' in schema || 'unevaluatedItems' in schema ? [...outer, subschema.id] : outer
  addArray(conjunction, subschema, owners, outer, queue)
  addObject(conjunction, subschema, owners, outer, queue)
  addApplicators(subschema, owners, queue)
}

const hint = (conjunction: Conjunction, type: ValueType, schema: SchemaObject, words: readonly string[]): void => {
  if (words.some((word) => word in schema)) conjunction.hints.add(type)
}

function addNumber(conjunction: Conjunction, schema: SchemaObject): void {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf, format } = schema
  if (typeof minimum === 'number') raiseMinimum(conjunction, minimum, false)
  if (typeof exclusiveMinimum === 'number') raiseMinimum(conjunction, exclusiveMinimum, true)
  if (typeof maximum === 'number') lowerMaximum(conjunction, maximum, false)
  if (typeof exclusiveMaximum === 'number') lowerMaximum(conjunction, exclusiveMaximum, true)
  if (typeof multipleOf === 'number') conjunction.numbers.multiples = [...conjunction.numbers.multiples, multipleOf]
  hint(conjunction, 'integer', schema, ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf'])
  const range = typeof format === 'string' && Object.hasOwn(drawnRanges, format) ? drawnRanges[format] : undefined
  if (!range) return
  raiseMinimum(conjunction, range.min, false)
  lowerMaximum(conjunction, range.max, false)
  conjunction.numbers.multiples = [...conjunction.numbers.multiples, 1]
}

function addText(conjunction: Conjunction, schema: SchemaObject): void {
  const { minLength, maxLength, pattern, format, contentEncoding } = schema
  const { texts } = conjunction
  if (typeof minLength === 'number') texts.min = Math.max(texts.min, minLength)
  if (typeof maxLength === 'number') texts.max = Math.min(texts.max, maxLength)
  if (typeof pattern === 'string' && !texts.patterns.includes(pattern)) texts.patterns = [...texts.patterns, pattern]
  if (typeof format === 'string' && !texts.formats.includes(format)) texts.formats = [...texts.formats, format]
  if (contentEncoding === 'base64') texts.encoded = true
  hint(conjunction, 'string', schema, ['minLength', 'maxLength', 'pattern', 'contentEncoding'])
}

function addArray(
  conjunction: Conjunction,
  subschema: Subschema,
  owners: readonly number[],
  outer: readonly number[],
  { validator: { subschemas } }: SchemaQueue,
): void {
  const schema = subschema.schema as SchemaObject
  const { arrays } = conjunction
  if (typeof schema.minItems === 'number') arrays.min = Math.max(arrays.min, schema.minItems)
  if (typeof schema.maxItems === 'number') arrays.max = Math.min(arrays.max, schema.maxItems)
  if (schema.uniqueItems === true) arrays.unique = true
  if ('items' in schema || 'prefixItems' in schema) arrays.layers = [...arrays.layers, { subschema, owners }]
  if ('contains' in schema) {
    const { minContains = 1, maxContains = Infinity } = schema
    const contained = {
      subschema: subschemas.child(subschema, '/contains'),
      owners,
      min: minContains as number,
      max: maxContains as number,
      from: 0,
    }
    arrays.contained = [...arrays.contained, contained]
  }
  if ('unevaluatedItems' in schema)
    arrays.rests = [
      ...arrays.rests,
      { subschema: subschemas.child(subschema, '/unevaluatedItems'), owner: subschema.id, owners: outer },
    ]
  hint(conjunction, 'array', schema, [
    'minItems',
    'maxItems',
    'uniqueItems',
    'items',
    'prefixItems',
    'contains',
    'unevaluatedItems',
  ])
}

function addObject(
  conjunction: Conjunction,
  subschema: Subschema,
  owners: readonly number[],
  outer: readonly number[],
  { validator: { subschemas, isHidden } }: SchemaQueue,
): void {
  const schema = subschema.schema as SchemaObject
  const { objects } = conjunction
  if (typeof schema.minProperties === 'number') objects.min = Math.max(objects.min, schema.minProperties)
  if (typeof schema.maxProperties === 'number') objects.max = Math.min(objects.max, schema.maxProperties)
  if (isObject(schema.properties))
    objects.hidden = new Set([
      ...objects.hidden,
      ...Object.keys(schema.properties).filter((name) => isHidden(subschema, name)),
    ])
  const required = Array.isArray(schema.required) ? (schema.required as string[]) : []
  objects.required = new Set([...objects.required, ...required.filter((name) => !isHidden(subschema, name))])
  if ('properties' in schema || 'patternProperties' in schema || 'additionalProperties' in schema)
    objects.layers = [...objects.layers, { subschema, owners }]
  if ('propertyNames' in schema) objects.names = [...objects.names, subschemas.child(subschema, '/propertyNames')]
  if ('unevaluatedProperties' in schema) {
    objects.rests = [
      ...objects.rests,
      { subschema: subschemas.child(subschema, '/unevaluatedProperties'), owner: subschema.id, owners: outer },
    ]
  }
  for (const dependents of [schema.dependentRequired, schema.dependencies]) {
    if (!isObject(dependents)) continue
    const lists = Object.entries(dependents).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]))
    objects.dependents = [...objects.dependents, ...lists]
  }
  hint(conjunction, 'object', schema, [
    'properties',
    'required',
    'minProperties',
    'maxProperties',
    'patternProperties',
    'additionalProperties',
    'propertyNames',
    'dependentRequired',
    'dependentSchemas',
    'unevaluatedProperties',
  ])
}

/** Takes in the schemas that look at the same value: those that must hold, and choices of those that may. */
function addApplicators(subschema: Subschema, owners: readonly number[], queue: SchemaQueue): void {
  const schema = subschema.schema as SchemaObject
  const {
    task,
    choose,
    validator: { subschemas },
    origin,
  } = queue
  const at = (path: string): PendingSchema => ({ subschema: subschemas.child(subschema, path), owners })
  if (typeof schema.$ref === 'string') task({ subschema: subschemas.follow(subschema, schema.$ref), owners })
  if (typeof schema.$dynamicRef === 'string')
    task({ subschema: subschemas.followDynamic(subschema, schema.$dynamicRef), owners })
  if (Array.isArray(schema.allOf)) for (const index of schema.allOf.keys()) task(at(join('/allOf', index)))
  if ('not' in schema) task(negated(subschemas, subschema, '/not'))
  if (origin && origin !== subschema)
    for (const inherited of tagOfHeir(subschemas, subschema, origin, owners)) task(inherited)
  const extending = origin === subschema ? heirs(subschemas, subschema, owners) : []
  if (extending.length > 0) choose(extending)
  if (Array.isArray(schema.anyOf)) {
    const paths = schema.anyOf.map((_, index) => join('/anyOf', index))
    choose(paths.map((path) => ({ tasks: [at(path), ...tagOfBranch(subschemas, subschema, path, owners)] })))
  }
  if (Array.isArray(schema.oneOf)) choose(branchesOfOneOf(subschema, schema.oneOf.length, owners, queue))
  addConditions(subschema, owners, queue)
}

const negated = (subschemas: Subschemas, subschema: Subschema, path: string): PendingSchema => ({
  subschema: subschemas.negation(subschemas.child(subschema, path)),
  owners: [],
})

/** Returns the branches of `oneOf`, each without those others that its values might satisfy as well. */
function branchesOfOneOf(
  subschema: Subschema,
  count: number,
  owners: readonly number[],
  { validator, strict }: SchemaQueue,
): Choice[] {
  const { subschemas } = validator
  const paths = Array.from({ length: count }, (_, index) => join('/oneOf', index))
  const tagOf = (path: string): readonly PendingSchema[] => tagOfBranch(subschemas, subschema, path, owners)
  return paths.map((path) => {
    const chosen = { subschema: subschemas.child(subschema, path), owners }
    const tag = tagOf(path)
    // Branches that a tag tells apart may overlap.
    const others = paths.filter(
      (other) =>
        other !== path &&
        !(tag.length > 0 && tagOf(other).length > 0) &&
        !areDisjoint(validator, chosen.subschema, subschemas.child(subschema, other)),
    )
    const tasks = [chosen, ...tag]
    if (strict) return { tasks: [...tasks, ...others.map((other) => negated(subschemas, subschema, other))] }
    return others.length > 0 ? { tasks, edit: inexact } : { tasks }
  })
}

const inexact = (conjunction: Conjunction): void => {
  conjunction.exact = false
}

/** Takes in `if`, and schemas that depend on whether a property is there. */
function addConditions(
  subschema: Subschema,
  owners: readonly number[],
  { choose, strict, validator: { subschemas } }: SchemaQueue,
): void {
  const schema = subschema.schema as SchemaObject
  const at = (path: string): PendingSchema => ({ subschema: subschemas.child(subschema, path), owners })
  if ('if' in schema && ('then' in schema || 'else' in schema || owners.length > 0)) {
    const otherwise = [
      ...(strict ? [negated(subschemas, subschema, '/if')] : []),
      ...('else' in schema ? [at('/else')] : []),
    ]
    choose([
      { tasks: [at('/if'), ...('then' in schema ? [at('/then')] : [])] },
      { tasks: otherwise, ...(!strict && { edit: inexact }) },
    ])
  }
  for (const keyword of ['dependentSchemas', 'dependencies']) {
    const dependents = schema[keyword]
    for (const [name, dependent] of isObject(dependents) ? Object.entries(dependents) : []) {
      if (Array.isArray(dependent)) continue
      choose([
        {
          tasks: [at(join('', keyword, name))],
          edit: ({ objects }) => {
            objects.required = new Set([...objects.required, name])
          },
        },
        {
          edit: ({ objects }) => {
            objects.absent = new Set([...objects.absent, name])
          },
        },
      ])
    }
  }
}

/** What can be told of a schema at a glance. */
interface Glance {
  readonly types: ReadonlySet<ValueType>
  readonly required: ReadonlySet<string>
  /** Values that members of a name are limited to. */
  readonly members: ReadonlyMap<string, readonly unknown[]>
}

/** Tells whether it is plain at a glance that no value satisfies both schemas. Where it is not plain it answers no. */
function areDisjoint(validator: Validator, left: Subschema, right: Subschema): boolean {
  const [a, b] = [glance(validator, left, 0), glance(validator, right, 0)]
  const shared = [...a.types].filter((type) => b.types.has(type))
  if (shared.length === 0) return true
  if (shared.some((type) => type !== 'object')) return false
  return [...a.members].some(([name, values]) => {
    const others = b.members.get(name)
    return (
      others !== undefined &&
      (a.required.has(name) || b.required.has(name)) &&
      !values.some((value) => includes(others, value))
    )
  })
}

function glance(validator: Validator, subschema: Subschema, depth: number): Glance {
  const { schema } = subschema
  if (typeof schema === 'boolean' || subschema.negated || depth > 8) {
    return { types: new Set(schema === false ? [] : valueTypes), required: new Set(), members: new Map() }
  }
  const { subschemas } = validator
  const inner: Glance[] = []
  if (typeof schema.$ref === 'string')
    inner.push(glance(validator, subschemas.follow(subschema, schema.$ref), depth + 1))
  if (Array.isArray(schema.allOf))
    for (const index of schema.allOf.keys())
      inner.push(glance(validator, subschemas.child(subschema, join('/allOf', index)), depth + 1))
  const values = valuesOf(schema)
  let allowed = 'type' in schema ? valueTypesOf(schema.type) : new Set(valueTypes)
  for (const limit of [...(values ? [new Set(values.map(valueTypeOf))] : []), ...inner.map((one) => one.types)]) {
    allowed = new Set([...allowed].filter((type) => limit.has(type)))
  }
  const members = new Map(inner.flatMap((one) => [...one.members]))
  for (const name of isObject(schema.properties) ? Object.keys(schema.properties) : []) {
    const limit = limitOf(validator, subschemas.child(subschema, join('/properties', name)), 0)
    if (limit) members.set(name, limit)
  }
  const required = new Set(inner.flatMap((one) => [...one.required]))
  if (Array.isArray(schema.required)) for (const name of schema.required as string[]) required.add(name)
  return { types: allowed, required, members }
}

function limitOf({ subschemas }: Validator, subschema: Subschema, depth: number): readonly unknown[] | undefined {
  const { schema } = subschema
  if (typeof schema === 'boolean' || depth > 8) return undefined
  return (
    valuesOf(schema) ??
    (typeof schema.$ref === 'string'
      ? limitOf({ subschemas } as Validator, subschemas.follow(subschema, schema.$ref), depth + 1)
      : undefined)
  )
}

function valuesOf(schema: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  if ('const' in schema) return [schema.const]
  return Array.isArray(schema.enum) ? (schema.enum as unknown[]) : undefined
}
