import { readFileSync } from 'node:fs'
import { compile } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

/** A test of the JSON Schema Test Suite: a value, and whether it fits. */
interface SuiteTest {
  readonly description: string
  readonly data: unknown
  readonly valid: boolean
}

interface Group {
  readonly description: string
  readonly schema: unknown
  readonly tests: readonly SuiteTest[]
}

/** A schema of the suite under its name in a document. */
export interface SuiteSchema extends Group {
  readonly file: string
  readonly name: string
  readonly pointer: string
}

/**
 * Returns the schemas of the JSON Schema Test Suite, draft 2020-12, with its optional parts and formats
 * (github.com/json-schema-org/JSON-Schema-Test-Suite, MIT; `test/spec/suite`).
 */
export function suiteSchemas(): readonly SuiteSchema[] {
  const file = new URL('../spec/suite/draft2020-12.json', import.meta.url)
  const groups = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Group[]>)
  return groups
    .flatMap(([name, list]) => list.map((group) => ({ ...group, file: name })))
    .map((group, index) => ({ ...group, name: `S${index}`, pointer: `/components/schemas/S${index}` }))
}

/** In a document, a pointer starts at the document's root; what stands in an enum is data. */
function rooted(value: unknown, root: string): unknown {
  if (Array.isArray(value)) return value.map((item) => rooted(item, root))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'enum' || key === 'const') return [key, inner]
      const isOwn = key === '$ref' && typeof inner === 'string' && /^#(?:\/|$)/.test(inner)
      return [key, isOwn ? `#${root}${inner.slice(1)}` : rooted(inner, root)]
    }),
  )
}

/** Returns a document in which every schema is named, and asked for by an operation of its own. */
export function suiteModel(schemas: readonly SuiteSchema[]): Model {
  const document = {
    openapi: '3.1.0',
    info: { title: 'JSON Schema Test Suite', version: '1' },
    paths: Object.fromEntries(
      schemas.map(({ name }) => [
        `/${name}`,
        {
          post: {
            operationId: name,
            requestBody: {
              required: true,
              content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
            },
            responses: { 204: { description: 'Taken.' } },
          },
        },
      ]),
    ),
    components: {
      schemas: Object.fromEntries(schemas.map(({ name, pointer, schema }) => [name, rooted(schema, pointer)])),
    },
  }
  return compile(document, { name: 'suite' })
}
