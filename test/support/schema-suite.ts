import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** Folder of a checkout of github.com/json-schema-org/JSON-Schema-Test-Suite; its npm package installs from GitHub alone. */
const checkout = process.env.JSON_SCHEMA_TEST_SUITE

/** Whether there is a checkout of the suite to ask. */
export const hasSuite = checkout !== undefined && checkout !== ''

/** Returns the schemas of the JSON Schema Test Suite, draft 2020-12, with its optional parts and formats; none without a checkout. */
export function suiteSchemas(): readonly SuiteSchema[] {
  if (!hasSuite) return []
  const folder = join(checkout as string, 'tests', 'draft2020-12')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  return files
    .toSorted()
    .flatMap((name) =>
      (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Group[]).map((group) => ({
        ...group,
        file: name.replace(/\.json$/, ''),
      })),
    )
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
