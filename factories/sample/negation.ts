// Finds the ways in which a schema may fail to hold, for `not`, `oneOf` and `if`.

import { isObject, join } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import type { Choice, PendingSchema, SchemaQueue } from './add-schema.ts'
import { keepTypes, lowerMaximum, raiseMinimum, valueTypes, valueTypesOf, withPlaced } from './conjunction.ts'
import type { Conjunction, ValueType } from './conjunction.ts'
import { formatPatterns } from './strings.ts'
import type { Subschema } from './subschema.ts'

/**
 * Returns the ways in which a schema may fail to hold: one for each keyword that may be broken. No way at all means that it
 * always holds.
 */
export function negationsOf({ subschema: negated }: PendingSchema, queue: SchemaQueue): Choice[] {
  const { subschemas } = queue.validator
  const subschema = subschemas.negation(negated)
  if (typeof subschema.schema === 'boolean') return subschema.schema ? [] : [{}]
  const schema = subschema.schema
  return [
    ...negateValue(schema),
    ...negateNumber(schema),
    ...negateText(schema),
    ...negateArray(subschema, queue),
    ...negateObject(subschema, queue),
    ...negateMembers(subschema, queue),
    ...negateApplicators(subschema, queue),
  ]
}

/** A way that holds for one type of value only. */
const only = (
  kept: readonly ValueType[],
  edit: (conjunction: Conjunction) => void,
  tasks: readonly PendingSchema[] = [],
): Choice => ({
  tasks,
  edit: (conjunction) => {
    keepTypes(conjunction, new Set(kept))
    edit(conjunction)
  },
})
const numbers: readonly ValueType[] = ['integer', 'fraction']

function negateValue(schema: SchemaObject): Choice[] {
  const options: Choice[] = []
  if ('type' in schema) {
    const named = valueTypesOf(schema.type)
    options.push({
      edit: (conjunction) => keepTypes(conjunction, new Set(valueTypes.filter((type) => !named.has(type)))),
    })
  }
  const excluded = [
    ...('const' in schema ? [schema.const] : []),
    ...(Array.isArray(schema.enum) ? (schema.enum as unknown[]) : []),
  ]
  if (excluded.length > 0)
    options.push({
      edit: (conjunction) => {
        conjunction.excluded = [...conjunction.excluded, ...excluded]
      },
    })
  return options
}

function negateNumber({ minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf }: SchemaObject): Choice[] {
  const options: Choice[] = []
  if (typeof minimum === 'number')
    options.push(only(numbers, (conjunction) => lowerMaximum(conjunction, minimum, true)))
  if (typeof exclusiveMinimum === 'number')
    options.push(only(numbers, (conjunction) => lowerMaximum(conjunction, exclusiveMinimum, false)))
  if (typeof maximum === 'number')
    options.push(only(numbers, (conjunction) => raiseMinimum(conjunction, maximum, true)))
  if (typeof exclusiveMaximum === 'number')
    options.push(only(numbers, (conjunction) => raiseMinimum(conjunction, exclusiveMaximum, false)))
  if (typeof multipleOf === 'number')
    options.push(
      only(numbers, (conjunction) => {
        conjunction.numbers.strangers = [...conjunction.numbers.strangers, multipleOf]
      }),
    )
  return options
}

function negateText({ minLength, maxLength, pattern, format }: SchemaObject): Choice[] {
  const options: Choice[] = []
  if (typeof minLength === 'number')
    options.push(
      only(['string'], ({ texts: text }) => {
        text.max = Math.min(text.max, minLength - 1)
      }),
    )
  if (typeof maxLength === 'number')
    options.push(
      only(['string'], ({ texts: text }) => {
        text.min = Math.max(text.min, maxLength + 1)
      }),
    )
  if (typeof pattern === 'string')
    options.push(
      only(['string'], ({ texts: text }) => {
        text.forbidden = [...text.forbidden, pattern]
      }),
    )
  if (typeof format === 'string' && Object.hasOwn(formatPatterns, format))
    options.push(
      only(['string'], (conjunction) => {
        conjunction.exact = false
      }),
    )
  return options
}

function negateArray(subschema: Subschema, { validator: { subschemas } }: SchemaQueue): Choice[] {
  const schema = subschema.schema as SchemaObject
  const options: Choice[] = []
  const array = (edit: (arrays: Conjunction['arrays']) => void): void =>
    void options.push(only(['array'], (conjunction) => edit(conjunction.arrays)))
  const { minItems, maxItems, prefixItems, minContains = 1, maxContains = Infinity } = schema
  if (typeof minItems === 'number')
    array((arrays) => {
      arrays.max = Math.min(arrays.max, minItems - 1)
    })
  if (typeof maxItems === 'number')
    array((arrays) => {
      arrays.min = Math.max(arrays.min, maxItems + 1)
    })
  if (schema.uniqueItems === true)
    array((arrays) => {
      arrays.twins = true
    })
  const prefix = Array.isArray(prefixItems) ? prefixItems.length : 0
  for (let index = 0; index < prefix; index++) {
    array((arrays) => {
      arrays.min = Math.max(arrays.min, index + 1)
      arrays.placed = withPlaced(
        arrays.placed,
        index,
        subschemas.negation(subschemas.child(subschema, join('/prefixItems', index))),
      )
    })
  }
  const add = (path: string, negated: boolean, min: number, max: number, from = 0): void =>
    array((arrays) => {
      const inner = subschemas.child(subschema, path)
      arrays.contained = [
        ...arrays.contained,
        { subschema: negated ? subschemas.negation(inner) : inner, owners: [], min, max, from },
      ]
    })
  if ('items' in schema) add('/items', true, 1, Infinity, prefix)
  if ('contains' in schema) {
    if ((minContains as number) > 0) add('/contains', false, 0, (minContains as number) - 1)
    if (maxContains !== Infinity) add('/contains', false, (maxContains as number) + 1, Infinity)
  }
  if ('unevaluatedItems' in schema)
    options.push(
      only(['array'], (conjunction) => {
        conjunction.exact = false
      }),
    )
  return options
}

function negateObject(subschema: Subschema, { validator: { isHidden } }: SchemaQueue): Choice[] {
  const schema = subschema.schema as SchemaObject
  const options: Choice[] = []
  const object = (edit: (objects: Conjunction['objects']) => void): void =>
    void options.push(only(['object'], (conjunction) => edit(conjunction.objects)))
  const { minProperties, maxProperties, required, dependentRequired, dependencies } = schema
  const lack = (objects: Conjunction['objects'], name: string): void => {
    objects.absent = new Set([...objects.absent, name])
  }
  if (typeof minProperties === 'number')
    object((objects) => {
      objects.max = Math.min(objects.max, minProperties - 1)
    })
  if (typeof maxProperties === 'number')
    object((objects) => {
      objects.min = Math.max(objects.min, maxProperties + 1)
    })
  if (Array.isArray(required))
    for (const name of required as string[]) if (!isHidden(subschema, name)) object((objects) => lack(objects, name))
  for (const dependents of [dependentRequired, dependencies]) {
    for (const [name, needs] of isObject(dependents) ? Object.entries(dependents) : []) {
      for (const need of Array.isArray(needs) ? (needs as string[]) : []) {
        object((objects) => {
          objects.required = new Set([...objects.required, name])
          lack(objects, need)
        })
      }
    }
  }
  return options
}

function negateMembers(subschema: Subschema, { validator: { subschemas } }: SchemaQueue): Choice[] {
  const schema = subschema.schema as SchemaObject
  const options: Choice[] = []
  const object = (edit: (objects: Conjunction['objects']) => void): void =>
    void options.push(only(['object'], (conjunction) => edit(conjunction.objects)))
  const negation = (path: string): Subschema => subschemas.negation(subschemas.child(subschema, path))
  for (const name of isObject(schema.properties) ? Object.keys(schema.properties) : []) {
    object((objects) => {
      objects.required = new Set([...objects.required, name])
      objects.placed = withPlaced(objects.placed, name, negation(join('/properties', name)))
    })
  }
  for (const pattern of isObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : []) {
    object((objects) => {
      objects.wanted = [...objects.wanted, { pattern, subschema: negation(join('/patternProperties', pattern)) }]
    })
  }
  if ('additionalProperties' in schema) {
    object((objects) => {
      objects.wanted = [...objects.wanted, { outside: subschema, subschema: negation('/additionalProperties') }]
    })
  }
  if ('propertyNames' in schema || 'unevaluatedProperties' in schema) {
    options.push(
      only(['object'], (conjunction) => {
        conjunction.objects.min = Math.max(conjunction.objects.min, 1)
        conjunction.exact = false
      }),
    )
  }
  return options
}

function negateApplicators(subschema: Subschema, { validator: { subschemas } }: SchemaQueue): Choice[] {
  const schema = subschema.schema as SchemaObject
  const yes = (path: string): PendingSchema => ({ subschema: subschemas.child(subschema, path), owners: [] })
  const no = (path: string): PendingSchema => ({
    subschema: subschemas.negation(subschemas.child(subschema, path)),
    owners: [],
  })
  const paths = (keyword: string): string[] =>
    Array.isArray(schema[keyword]) ? schema[keyword].map((_, index) => join('', keyword, index)) : []
  const options: Choice[] = paths('allOf').map((path) => ({ tasks: [no(path)] }))
  const refuse = (target: Subschema): void =>
    void options.push({ tasks: [{ subschema: subschemas.negation(target), owners: [] }] })
  if (typeof schema.$ref === 'string') refuse(subschemas.follow(subschema, schema.$ref))
  if (typeof schema.$dynamicRef === 'string') refuse(subschemas.followDynamic(subschema, schema.$dynamicRef))
  if ('not' in schema) options.push({ tasks: [yes('/not')] })
  if ('anyOf' in schema) options.push({ tasks: paths('anyOf').map(no) })
  const one = paths('oneOf')
  if ('oneOf' in schema) options.push({ tasks: one.map(no) })
  one.forEach((left, index) =>
    options.push(...one.slice(index + 1).map((right) => ({ tasks: [yes(left), yes(right)] }))),
  )
  if ('if' in schema && 'then' in schema) options.push({ tasks: [yes('/if'), no('/then')] })
  if ('if' in schema && 'else' in schema) options.push({ tasks: [no('/if'), no('/else')] })
  for (const keyword of ['dependentSchemas', 'dependencies']) {
    const dependents = schema[keyword]
    for (const [name, dependent] of isObject(dependents) ? Object.entries(dependents) : []) {
      if (Array.isArray(dependent)) continue
      options.push(
        only(
          ['object'],
          ({ objects }) => {
            objects.required = new Set([...objects.required, name])
          },
          [no(join('', keyword, name))],
        ),
      )
    }
  }
  return options
}
