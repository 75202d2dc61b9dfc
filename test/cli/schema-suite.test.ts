import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { validatorText } from '../../cli/validator.ts'
import { conformance } from '../../contracts/index.ts'
import { createSamplers } from '../../factories/index.ts'
import { Failure, readRequest } from '../../spec/index.ts'
import { golden } from '../support/golden.ts'
import { hasSuite, suiteModel, suiteSchemas } from '../support/schema-suite.ts'
import type { SuiteSchema } from '../support/schema-suite.ts'

type Accepts = (value: unknown) => boolean | undefined
type Door = (schema: SuiteSchema) => Accepts

interface Module {
  readonly validate: (name: string, value: unknown) => readonly unknown[]
  readonly validators: { readonly request: Readonly<Record<string, (value: unknown) => boolean>> }
}

/** Values about which validators disagree: formats of OpenAPI, decimals, what is left of OpenAPI 3.0. */
const probes: readonly (readonly [schema: object, ...values: unknown[]])[] = [
  ...['int8', 'uint8', 'int16', 'int32', 'uint32', 'int64', 'uint64', 'float', 'double', 'decimal', 'unknown'].map(
    (format) => [{ format }, 300, -1, 3_000_000_000, 2 ** 60, 1e300, 0.5, 'abc', '1.5'] as const,
  ),
  ...['email', 'idn-email', 'uri', 'iri', 'uuid', 'byte', 'iso-date-time', 'iso-time', 'url', 'password'].map(
    (format) =>
      [
        { type: 'string', format },
        'a@b',
        'jörg@example.com',
        '"a b"@example.com',
        'https://münchen.example/',
        'YQ',
        'YQ==',
        'x',
        '',
        'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      ] as const,
  ),
  [{ type: 'string', nullable: true }, null, 'a', 1],
  [{ enum: ['a'], nullable: true }, null, 'a', 'b'],
  [{ type: 'object', allOf: [{ required: ['a'] }], nullable: true }, null, {}, { a: 1 }],
  [{ exclusiveMinimum: true, minimum: 5 }, 5, 6],
  [{ multipleOf: 0.01 }, 19.99, 1.135, 1e22, 4.35, 0.07],
  [{ pattern: '^\\d{4}\\-\\d{2}$' }, '2026-11', '2026/11'],
  [{ pattern: '^(a+)+$' }, 'aaaa', 'aaab'],
  [{ pattern: '(?i)^abc$' }, 'ABC', 'x'],
  [
    { uniqueItems: true },
    [1, 1],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    ['1', 1],
  ],
]

const suite = suiteSchemas()
if (!hasSuite) console.log('The JSON Schema Test Suite is not asked: JSON_SCHEMA_TEST_SUITE names no checkout of it.')

const schemas = [
  ...suite,
  ...probes.map(([schema, ...values], index): SuiteSchema => ({
    file: 'probes',
    name: `P${index}`,
    pointer: `/components/schemas/P${index}`,
    description: JSON.stringify(schema),
    schema,
    tests: values.map((data) => ({ description: JSON.stringify(data), data, valid: true })),
  })),
]
const model = suiteModel(schemas)
const module = await moduleOf()

async function moduleOf(): Promise<Module> {
  const file = join(mkdtempSync(join(tmpdir(), 'proforma-suite-')), 'validator.mjs')
  writeFileSync(file, validatorText(model, 'documented'))
  return (await import(pathToFileURL(file).href)) as Module
}

/** A body is read before it is judged: names that reach a prototype are taken out of it. */
const isTame = (value: unknown): boolean => !/"__proto__"|"constructor"/.test(JSON.stringify(value))

const { fits } = conformance(model)
const samplers = createSamplers(model.document, { direction: 'response', unknownKeywords: 'ignore' })
const doors: Readonly<Record<string, Door>> = {
  'a request to the mock': ({ name }) => {
    const operation = model.operations.find(({ id }) => id === name)
    const headers = new Headers({ 'content-type': 'application/json' })
    return (value) =>
      operation && isTame(value)
        ? readRequest(model, operation, { params: {}, query: '', headers, body: JSON.stringify(value) }).problems
            .length === 0
        : undefined
  },
  'an answer to the checker':
    ({ pointer }) =>
    (value) =>
      fits(pointer, value),
  'a factory': ({ pointer }) => {
    try {
      return samplers(pointer).accepts
    } catch (error) {
      if (error instanceof Failure) return () => undefined
      throw error
    }
  },
  'the module of proforma validator':
    ({ name }) =>
    (value) =>
      module.validate(name, value).length === 0,
  'validators of requests, written ahead of time':
    ({ name }) =>
    (value) =>
      module.validators.request[`/paths/~1${name}/post/requestBody/content/application~1json/schema`]?.(value),
}

const pages = schemas.map((schema) => ({
  schema,
  verdicts: Object.entries(doors).map(([door, open]) => [door, open(schema)] as const),
}))

describe('schemas about which validators disagree, and the JSON Schema Test Suite', () => {
  it('are answered alike at all doors', () => {
    const asked = new Map<string, number>()
    const disagreements = pages.flatMap(({ schema: { file, description, tests, pointer }, verdicts }) =>
      tests.flatMap((test) => {
        const right = fits(pointer, test.data)
        return verdicts.flatMap(([door, accepts]) => {
          const verdict = accepts(test.data)
          if (verdict !== undefined) asked.set(door, (asked.get(door) ?? 0) + 1)
          return verdict === undefined || verdict === right
            ? []
            : [`${file}: ${description}: ${test.description}: ${door}`]
        })
      }),
    )
    expect(disagreements).toEqual([])
    expect(Math.min(...Object.keys(doors).map((door) => asked.get(door) ?? 0))).toBeGreaterThan(hasSuite ? 1_900 : 100)
  })

  it.skipIf(!hasSuite)(
    'differ from the suite where the list says, and nowhere else; the docs are written from it',
    () => {
      const total = suite.reduce((sum, { tests }) => sum + tests.length, 0)
      const differing = suite.flatMap((schema) => {
        const faults = model.diagnosticsBelow(schema.pointer)
        return schema.tests
          .filter(({ data, valid }) => fits(schema.pointer, data) !== valid)
          .map(({ description, valid }) => ({
            file: schema.file,
            test: `${schema.description}: ${description}`,
            suite: valid,
            ...(faults[0] && { fault: faults[0].received }),
          }))
      })
      expect(differing).toEqual(golden('schema-suite', differing))
      const docs = new URL('../../docs/json-schema.md', import.meta.url)
      const text = readFileSync(docs, 'utf8')
      const written = text.replace(/(?<=<!-- written by a test -->\n)[^]*(?=<!-- end -->)/, tableOf(differing, total))
      if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(docs, written)
      else expect(text).toBe(written)
    },
  )
})

function tableOf(differing: readonly { file: string; fault?: string }[], total: number): string {
  const byFile = Map.groupBy(differing, ({ file, fault }) => `${file}${fault === undefined ? '' : ' *'}`)
  const rows = [...byFile].map(([file, list]) => `${file} ${list.length}`)
  const told = differing.filter(({ fault }) => fault !== undefined).length
  return `
Of ${total} tests ${total - differing.length} are answered as the suite says. Of the others, ${told} have a schema of which something cannot be read in an
OpenAPI document, which is told when it is loaded (*); the rest are verdicts of Ajv and of the table of formats.

${rows.join(' · ')}

`
}
