import { isObject, join } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import { brand, brandHeir, heirs } from './discriminator.ts'
import { areDisjoint } from './disjoint.ts'
import type { Examiner } from './evaluate.ts'
import { keepKinds, keepValues, lower, raise } from './form.ts'
import type { Form } from './form.ts'
import { ranges } from './formats.ts'
import { kindsOf } from './kind.ts'
import type { Kind } from './kind.ts'
import type { Spot } from './spot.ts'

/** A schema still to take into a form, and the `unevaluated…` keywords that count what it looks at. */
export interface Task {
  readonly spot: Spot
  readonly owners: readonly number[]
}

/** One way to go on: schemas to take in, and a change of the form. */
export interface Option {
  readonly tasks?: readonly Task[]
  readonly edit?: (form: Form) => void
}

/** What a schema adds besides the changes of the form. */
export interface Intake {
  /** Told of schemas that must be taken in as well. */
  readonly task: (task: Task) => void
  /** Told of options of which one must be taken. */
  readonly choose: (options: readonly Option[]) => void
  readonly examiner: Examiner
  /** Whether branches not chosen are excluded by rule instead of by checking values. */
  readonly strict: boolean
  /** The named schema that the value is first of all an example of. */
  readonly origin: Spot | undefined
}

/** Takes a schema that must hold into a form. */
export function absorb(form: Form, { spot, owners: outer }: Task, intake: Intake): void {
  const schema = spot.schema as SchemaObject
  form.schemas = [...form.schemas, schema]
  if ('type' in schema) keepKinds(form, kindsOf(schema.type))
  if ('const' in schema) keepValues(form, [schema.const])
  if (Array.isArray(schema.enum)) keepValues(form, schema.enum)
  absorbNumber(form, schema)
  absorbText(form, schema)
  const owners = 'unevaluatedProperties' in schema || 'unevaluatedItems' in schema ? [...outer, spot.id] : outer
  absorbArray(form, spot, owners, outer, intake)
  absorbObject(form, spot, owners, outer, intake)
  absorbApplicators(spot, owners, intake)
}

const hint = (form: Form, kind: Kind, schema: SchemaObject, words: readonly string[]): void => {
  if (words.some((word) => word in schema)) form.hints.add(kind)
}

function absorbNumber(form: Form, schema: SchemaObject): void {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf, format } = schema
  if (typeof minimum === 'number') raise(form, minimum, false)
  if (typeof exclusiveMinimum === 'number') raise(form, exclusiveMinimum, true)
  if (typeof maximum === 'number') lower(form, maximum, false)
  if (typeof exclusiveMaximum === 'number') lower(form, exclusiveMaximum, true)
  if (typeof multipleOf === 'number') form.numbers.multiples = [...form.numbers.multiples, multipleOf]
  hint(form, 'integer', schema, ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf'])
  const range = typeof format === 'string' && Object.hasOwn(ranges, format) ? ranges[format] : undefined
  if (!range) return
  raise(form, range.min, false)
  lower(form, range.max, false)
  form.numbers.multiples = [...form.numbers.multiples, 1]
}

function absorbText(form: Form, schema: SchemaObject): void {
  const { minLength, maxLength, pattern, format, contentEncoding } = schema
  const { texts } = form
  if (typeof minLength === 'number') texts.min = Math.max(texts.min, minLength)
  if (typeof maxLength === 'number') texts.max = Math.min(texts.max, maxLength)
  if (typeof pattern === 'string' && !texts.patterns.includes(pattern)) texts.patterns = [...texts.patterns, pattern]
  if (typeof format === 'string' && !texts.formats.includes(format)) texts.formats = [...texts.formats, format]
  if (contentEncoding === 'base64') texts.encoded = true
  hint(form, 'string', schema, ['minLength', 'maxLength', 'pattern', 'contentEncoding'])
}

function absorbArray(
  form: Form,
  spot: Spot,
  owners: readonly number[],
  outer: readonly number[],
  { examiner: { spots } }: Intake,
): void {
  const schema = spot.schema as SchemaObject
  const { arrays } = form
  if (typeof schema.minItems === 'number') arrays.min = Math.max(arrays.min, schema.minItems)
  if (typeof schema.maxItems === 'number') arrays.max = Math.min(arrays.max, schema.maxItems)
  if (schema.uniqueItems === true) arrays.unique = true
  if ('items' in schema || 'prefixItems' in schema) arrays.layers = [...arrays.layers, { spot, owners }]
  if ('contains' in schema) {
    const { minContains = 1, maxContains = Infinity } = schema
    const contained = {
      spot: spots.child(spot, '/contains'),
      owners,
      min: minContains as number,
      max: maxContains as number,
      from: 0,
    }
    arrays.contained = [...arrays.contained, contained]
  }
  if ('unevaluatedItems' in schema)
    arrays.rests = [...arrays.rests, { spot: spots.child(spot, '/unevaluatedItems'), owner: spot.id, owners: outer }]
  hint(form, 'array', schema, [
    'minItems',
    'maxItems',
    'uniqueItems',
    'items',
    'prefixItems',
    'contains',
    'unevaluatedItems',
  ])
}

function absorbObject(
  form: Form,
  spot: Spot,
  owners: readonly number[],
  outer: readonly number[],
  { examiner: { spots, isHidden } }: Intake,
): void {
  const schema = spot.schema as SchemaObject
  const { objects } = form
  if (typeof schema.minProperties === 'number') objects.min = Math.max(objects.min, schema.minProperties)
  if (typeof schema.maxProperties === 'number') objects.max = Math.min(objects.max, schema.maxProperties)
  if (isObject(schema.properties))
    objects.hidden = new Set([
      ...objects.hidden,
      ...Object.keys(schema.properties).filter((name) => isHidden(spot, name)),
    ])
  const required = Array.isArray(schema.required) ? (schema.required as string[]) : []
  objects.required = new Set([...objects.required, ...required.filter((name) => !isHidden(spot, name))])
  if ('properties' in schema || 'patternProperties' in schema || 'additionalProperties' in schema)
    objects.layers = [...objects.layers, { spot, owners }]
  if ('propertyNames' in schema) objects.names = [...objects.names, spots.child(spot, '/propertyNames')]
  if ('unevaluatedProperties' in schema) {
    objects.rests = [
      ...objects.rests,
      { spot: spots.child(spot, '/unevaluatedProperties'), owner: spot.id, owners: outer },
    ]
  }
  for (const dependents of [schema.dependentRequired, schema.dependencies]) {
    if (!isObject(dependents)) continue
    const lists = Object.entries(dependents).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]))
    objects.dependents = [...objects.dependents, ...lists]
  }
  hint(form, 'object', schema, [
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

function absorbApplicators(
  spot: Spot,
  owners: readonly number[],
  { task, choose, examiner, strict, origin }: Intake,
): void {
  const schema = spot.schema as SchemaObject
  const { spots } = examiner
  const at = (path: string): Task => ({ spot: spots.child(spot, path), owners })
  const not = (path: string): Task => ({ spot: spots.opposite(spots.child(spot, path)), owners: [] })
  if (typeof schema.$ref === 'string') task({ spot: spots.follow(spot, schema.$ref), owners })
  if (typeof schema.$dynamicRef === 'string') task({ spot: spots.followDynamic(spot, schema.$dynamicRef), owners })
  if (Array.isArray(schema.allOf)) for (const index of schema.allOf.keys()) task(at(join('/allOf', index)))
  if ('not' in schema) task(not('/not'))
  if (origin && origin !== spot) for (const inherited of brandHeir(spots, spot, origin, owners)) task(inherited)
  const extending = origin === spot ? heirs(spots, spot, owners) : []
  if (extending.length > 0) choose(extending)
  if (Array.isArray(schema.anyOf)) {
    choose(
      schema.anyOf.map((_, index) => ({
        tasks: [at(join('/anyOf', index)), ...brand(spots, spot, join('/anyOf', index), owners)],
      })),
    )
  }
  if (Array.isArray(schema.oneOf))
    choose(
      oneOf(
        spot,
        schema.oneOf.map((_, index) => join('/oneOf', index)),
      ),
    )
  if ('if' in schema && ('then' in schema || 'else' in schema || owners.length > 0)) {
    choose([
      { tasks: [at('/if'), ...('then' in schema ? [at('/then')] : [])] },
      {
        tasks: [...(strict ? [not('/if')] : []), ...('else' in schema ? [at('/else')] : [])],
        edit: (form) => {
          form.exact &&= strict
        },
      },
    ])
  }
  for (const keyword of ['dependentSchemas', 'dependencies']) {
    const dependents = schema[keyword]
    if (!isObject(dependents)) continue
    for (const [name, dependent] of Object.entries(dependents)) {
      if (Array.isArray(dependent)) continue
      const present = {
        tasks: [at(join('', keyword, name))],
        edit: (form: Form) => {
          form.objects.required = new Set([...form.objects.required, name])
        },
      }
      choose([
        present,
        {
          edit: (form) => {
            form.objects.absent = new Set([...form.objects.absent, name])
          },
        },
      ])
    }
  }

  function oneOf(parent: Spot, paths: readonly string[]): Option[] {
    return paths.map((path) => {
      const chosen = at(path)
      const mark = brand(spots, parent, path, owners)
      // Branches that a tag tells apart may overlap.
      const others = paths.filter(
        (other) =>
          other !== path &&
          !(mark.length > 0 && brand(spots, parent, other, owners).length > 0) &&
          !areDisjoint(examiner, chosen.spot, at(other).spot),
      )
      const tasks = [chosen, ...mark]
      if (strict) return { tasks: [...tasks, ...others.map(not)] }
      return others.length > 0
        ? {
            tasks,
            edit: (form) => {
              form.exact = false
            },
          }
        : { tasks }
    })
  }
}
