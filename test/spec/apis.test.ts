import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { atPointer, isObject, join } from '../../spec/index.ts'
import type { Model, Pointer } from '../../spec/index.ts'
import { load } from '../../spec/load.ts'

const apis = new URL('../../spec/apis/', import.meta.url)
const names = readdirSync(apis).filter((name) => existsSync(new URL(`${name}/overlay.yaml`, apis)))
const models = new Map<string, Model>()

function modelOf(name: string): Model {
  const model = models.get(name) ?? load(new URL(`${name}/openapi.yaml`, apis).pathname)
  models.set(name, model)
  return model
}

/** Documented field paths of schemas, parameter names of operations, and the number of currencies. */
interface Documented {
  readonly schemas: Readonly<Record<string, readonly string[]>>
  readonly parameters: Readonly<Record<string, readonly string[]>>
  readonly currencies?: number
}

function documented(name: string): Documented {
  const {
    parameters = {},
    currencies,
    ...schemas
  } = JSON.parse(readFileSync(new URL(`fields/${name}.json`, import.meta.url), 'utf8'))
  return { schemas, parameters, currencies }
}

const schemasOf = (model: Model): Record<string, unknown> =>
  atPointer(model.document, '/components/schemas') as Record<string, unknown>

/** Tells whether `line_items[].name` can be walked from the schema of that name. */
function reaches(model: Model, schema: string, path: string): boolean {
  let shape = model.shape(join('/components/schemas', schema))
  for (const step of path.split('.')) {
    const property = shape.properties.get(step.replace('[]', ''))
    const next = step.endsWith('[]') ? property?.items : property
    // A list may hold values of any type: the array itself is what the field list names.
    if (!next) return step.endsWith('[]') && property !== undefined && path.endsWith(step)
    shape = next
  }
  return true
}

/** Returns where properties without a source stand, anywhere below a schema. */
function withoutSource(schema: unknown, pointer: Pointer): Pointer[] {
  if (!isObject(schema)) return []
  const properties = isObject(schema.properties) ? schema.properties : {}
  const own = Object.entries(properties).flatMap(([name, property]) => {
    const here = join(pointer, 'properties', name)
    return [
      ...(isObject(property) && property['x-source'] !== undefined ? [] : [here]),
      ...withoutSource(property, here),
    ]
  })
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const list = schema[keyword]
    return Array.isArray(list)
      ? list.flatMap((branch, index) => withoutSource(branch, join(pointer, keyword, index)))
      : []
  })
  return [...own, ...branches, ...withoutSource(schema.items, join(pointer, 'items'))]
}

it('finds the four APIs that come along', () => {
  expect(readdirSync(apis).toSorted()).toEqual(['customeros', 'nuntiq', 'stuut', 'truto'])
  expect(names).toContain('stuut')
})

describe.each(names)('%s', (name) => {
  it('loads and compiles with its overlay', () => {
    const model = modelOf(name)
    expect(model.name).toBe(name)
    expect(model.operations.length).toBeGreaterThan(0)
    expect(model.document['x-representation']).toBeDefined()
  })

  it('describes every documented field', () => {
    const fields = Object.entries(documented(name).schemas)
    expect(fields.length).toBeGreaterThan(0)
    const missing = fields.flatMap(([schema, paths]) =>
      paths.filter((path) => !reaches(modelOf(name), schema, path)).map((path) => `${schema}.${path}`),
    )
    expect(missing).toEqual([])
  })

  it('describes every documented parameter', () => {
    for (const [id, expected] of Object.entries(documented(name).parameters)) {
      const operation = modelOf(name).operations.find((candidate) => candidate.id === id)
      expect(operation?.parameters.map((parameter) => parameter.name)).toEqual(expected)
    }
  })

  it('states the source of every property of its schemas', () => {
    const schemas = Object.entries(schemasOf(modelOf(name)))
    expect(schemas.flatMap(([schema, value]) => withoutSource(value, join('/components/schemas', schema)))).toEqual([])
  })

  it('says what every operation does', () => {
    expect(
      modelOf(name)
        .operations.filter(({ does }) => does === undefined)
        .map(({ id }) => id),
    ).toEqual([])
  })

  it('binds exactly the roles of its golden list', () => {
    const golden = new URL(`bound/${name}.json`, import.meta.url)
    const bound = [...modelOf(name).bound].toSorted()
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, `${JSON.stringify(bound, null, 2)}\n`)
    expect(bound).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
  })

  it('gives every prefixed identity a prefix', () => {
    const { id, prefixes = {} } = modelOf(name).representation
    const bare = [...modelOf(name).bound].filter((bound) => {
      const { role, term } = modelOf(name).vocabulary.parse(bound) ?? expect.fail(bound)
      const { kind, of } = term
      return id === 'prefixed' && kind === 'id' && prefixes[role] === undefined && prefixes[of ?? ''] === undefined
    })
    expect(bare).toEqual([])
  })
})

describe('stuut in full', () => {
  const invoice = documented('stuut').schemas.Invoice ?? []
  const keysBelow = (parent: string): string =>
    invoice
      .filter((path) => path.startsWith(parent) && !path.slice(parent.length).includes('.'))
      .map((path) => path.slice(parent.length))
      .join(' ')

  it('has the 59 fields of the documented invoice', () => {
    const documentedFields = invoice.filter((path) => !path.includes('.')).map((path) => path.replace('[]', ''))
    expect(documentedFields).toHaveLength(59)
    expect([...modelOf('stuut').shape('/components/schemas/Invoice').properties.keys()].toSorted()).toEqual(
      documentedFields.toSorted(),
    )
  })

  it('has one schema for each of the 33 documented shapes', () => {
    const parents = new Set([
      '',
      ...invoice.filter((path) => path.includes('.')).map((path) => path.slice(0, path.lastIndexOf('.') + 1)),
    ])
    const shapes = new Set([...parents].map(keysBelow))
    const described = new Set(
      Object.entries(schemasOf(modelOf('stuut')))
        .filter(
          ([schema, value]) =>
            isObject(value) && isObject(value.properties) && !/^(?:InvoicePage|Error|ErrorDetail)$/.test(schema),
        )
        .map(([schema]) =>
          [...modelOf('stuut').shape(join('/components/schemas', schema)).properties.keys()].toSorted().join(' '),
        ),
    )
    expect(shapes.size).toBe(33)
    expect(described).toEqual(
      new Set([...shapes].map((keys) => keys.replaceAll('[]', '').split(' ').toSorted().join(' '))),
    )
  })

  it('has the 12 documented parameters of the list, all of them bound', () => {
    const list = modelOf('stuut').operations.find(({ does }) => does === 'list')
    expect(list?.parameters).toHaveLength(12)
    expect(list?.parameters.filter(({ binding }) => !binding)).toEqual([])
  })

  it('has the 306 documented currencies', () => {
    const codes = atPointer(modelOf('stuut').document, '/components/schemas/Currency/enum') as string[]
    expect(documented('stuut').currencies).toBe(306)
    expect(new Set(codes).size).toBe(306)
    expect(codes).toHaveLength(306)
  })

  it('binds 472 of the 641 properties of its schemas', () => {
    const properties = Object.values(schemasOf(modelOf('stuut'))).flatMap((schema) =>
      Object.entries((schema as { properties?: object }).properties ?? {}),
    )
    const bound = properties.filter(([, property]) => (property as object)['x-role' as never] !== undefined)
    expect(properties).toHaveLength(641)
    expect(bound).toHaveLength(472)
  })
})
