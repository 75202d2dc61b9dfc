import { isObject, join } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import type { Intake, Option, Task } from './absorb.ts'
import { keepKinds, lower, place, raise } from './form.ts'
import type { Form } from './form.ts'
import { texts } from './formats.ts'
import { kinds, kindsOf } from './kind.ts'
import type { Kind } from './kind.ts'
import type { Spot } from './spot.ts'

/**
 * Returns the ways in which a schema may fail to hold: one for each keyword that may be broken. No way at all means that it
 * always holds.
 */
export function deny({ spot: denied }: Task, intake: Intake): Option[] {
  const { spots } = intake.examiner
  const spot = spots.opposite(denied)
  if (typeof spot.schema === 'boolean') return spot.schema ? [] : [{}]
  const schema = spot.schema
  return [
    ...denyValue(schema),
    ...denyNumber(schema),
    ...denyText(schema),
    ...denyArray(spot, intake),
    ...denyObject(spot, intake),
    ...denyMembers(spot, intake),
    ...denyApplicators(spot, intake),
  ]
}

/** A way that holds for one kind of value only. */
const only = (kept: readonly Kind[], edit: (form: Form) => void, tasks: readonly Task[] = []): Option => ({
  tasks,
  edit: (form) => {
    keepKinds(form, new Set(kept))
    edit(form)
  },
})
const numbers: readonly Kind[] = ['integer', 'fraction']

function denyValue(schema: SchemaObject): Option[] {
  const options: Option[] = []
  if ('type' in schema) {
    const named = kindsOf(schema.type)
    options.push({ edit: (form) => keepKinds(form, new Set(kinds.filter((kind) => !named.has(kind)))) })
  }
  const excluded = [
    ...('const' in schema ? [schema.const] : []),
    ...(Array.isArray(schema.enum) ? (schema.enum as unknown[]) : []),
  ]
  if (excluded.length > 0)
    options.push({
      edit: (form) => {
        form.excluded = [...form.excluded, ...excluded]
      },
    })
  return options
}

function denyNumber({ minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf }: SchemaObject): Option[] {
  const options: Option[] = []
  if (typeof minimum === 'number') options.push(only(numbers, (form) => lower(form, minimum, true)))
  if (typeof exclusiveMinimum === 'number') options.push(only(numbers, (form) => lower(form, exclusiveMinimum, false)))
  if (typeof maximum === 'number') options.push(only(numbers, (form) => raise(form, maximum, true)))
  if (typeof exclusiveMaximum === 'number') options.push(only(numbers, (form) => raise(form, exclusiveMaximum, false)))
  if (typeof multipleOf === 'number')
    options.push(
      only(numbers, (form) => {
        form.numbers.strangers = [...form.numbers.strangers, multipleOf]
      }),
    )
  return options
}

function denyText({ minLength, maxLength, pattern, format }: SchemaObject): Option[] {
  const options: Option[] = []
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
  if (typeof format === 'string' && Object.hasOwn(texts, format))
    options.push(
      only(['string'], (form) => {
        form.exact = false
      }),
    )
  return options
}

function denyArray(spot: Spot, { examiner: { spots } }: Intake): Option[] {
  const schema = spot.schema as SchemaObject
  const options: Option[] = []
  const array = (edit: (arrays: Form['arrays']) => void): void =>
    void options.push(only(['array'], (form) => edit(form.arrays)))
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
      arrays.placed = place(arrays.placed, index, spots.opposite(spots.child(spot, join('/prefixItems', index))))
    })
  }
  const add = (path: string, denied: boolean, min: number, max: number, from = 0): void =>
    array((arrays) => {
      const inner = spots.child(spot, path)
      arrays.contained = [
        ...arrays.contained,
        { spot: denied ? spots.opposite(inner) : inner, owners: [], min, max, from },
      ]
    })
  if ('items' in schema) add('/items', true, 1, Infinity, prefix)
  if ('contains' in schema) {
    if ((minContains as number) > 0) add('/contains', false, 0, (minContains as number) - 1)
    if (maxContains !== Infinity) add('/contains', false, (maxContains as number) + 1, Infinity)
  }
  if ('unevaluatedItems' in schema)
    options.push(
      only(['array'], (form) => {
        form.exact = false
      }),
    )
  return options
}

function denyObject(spot: Spot, { examiner: { isHidden } }: Intake): Option[] {
  const schema = spot.schema as SchemaObject
  const options: Option[] = []
  const object = (edit: (objects: Form['objects']) => void): void =>
    void options.push(only(['object'], (form) => edit(form.objects)))
  const { minProperties, maxProperties, required, dependentRequired, dependencies } = schema
  const lack = (objects: Form['objects'], name: string): void => {
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
    for (const name of required as string[]) if (!isHidden(spot, name)) object((objects) => lack(objects, name))
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

function denyMembers(spot: Spot, { examiner: { spots } }: Intake): Option[] {
  const schema = spot.schema as SchemaObject
  const options: Option[] = []
  const object = (edit: (objects: Form['objects']) => void): void =>
    void options.push(only(['object'], (form) => edit(form.objects)))
  const opposite = (path: string): Spot => spots.opposite(spots.child(spot, path))
  for (const name of isObject(schema.properties) ? Object.keys(schema.properties) : []) {
    object((objects) => {
      objects.required = new Set([...objects.required, name])
      objects.placed = place(objects.placed, name, opposite(join('/properties', name)))
    })
  }
  for (const pattern of isObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : []) {
    object((objects) => {
      objects.wanted = [...objects.wanted, { pattern, spot: opposite(join('/patternProperties', pattern)) }]
    })
  }
  if ('additionalProperties' in schema) {
    object((objects) => {
      objects.wanted = [...objects.wanted, { outside: spot, spot: opposite('/additionalProperties') }]
    })
  }
  if ('propertyNames' in schema || 'unevaluatedProperties' in schema) {
    options.push(
      only(['object'], (form) => {
        form.objects.min = Math.max(form.objects.min, 1)
        form.exact = false
      }),
    )
  }
  return options
}

function denyApplicators(spot: Spot, { examiner: { spots } }: Intake): Option[] {
  const schema = spot.schema as SchemaObject
  const yes = (path: string): Task => ({ spot: spots.child(spot, path), owners: [] })
  const no = (path: string): Task => ({ spot: spots.opposite(spots.child(spot, path)), owners: [] })
  const paths = (keyword: string): string[] =>
    Array.isArray(schema[keyword]) ? schema[keyword].map((_, index) => join('', keyword, index)) : []
  const options: Option[] = paths('allOf').map((path) => ({ tasks: [no(path)] }))
  const refuse = (target: Spot): void => void options.push({ tasks: [{ spot: spots.opposite(target), owners: [] }] })
  if (typeof schema.$ref === 'string') refuse(spots.follow(spot, schema.$ref))
  if (typeof schema.$dynamicRef === 'string') refuse(spots.followDynamic(spot, schema.$dynamicRef))
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
