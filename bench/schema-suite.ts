/**
 * Compares conformance with a second validator on the JSON Schema Test Suite (draft 2020-12, formats included): each schema of the
 * suite becomes a schema of an OpenAPI document. Prints what differs from the suite's own verdict, and from the second validator.
 *
 *     JSON_SCHEMA_TEST_SUITE=⟨checkout⟩ node bench/schema-suite.ts [--all]
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  registerSchema,
  setShouldValidateFormat,
  unregisterSchema,
  validate,
} from '@hyperjump/json-schema/draft-2020-12'
import '@hyperjump/json-schema/formats'
import { conformance } from '../contracts/index.ts'
import { compile } from '../spec/index.ts'

interface Test {
  readonly description: string
  readonly data: unknown
  readonly valid: boolean
}
interface Group {
  readonly file: string
  readonly description: string
  readonly schema: unknown
  readonly tests: readonly Test[]
}
type Verdict = boolean | string

const root = process.env.JSON_SCHEMA_TEST_SUITE
if (root === undefined) {
  console.error(
    'Failed to compare validators: expected JSON_SCHEMA_TEST_SUITE to name a checkout of the suite but received nothing.',
  )
  process.exit(2)
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

const groups = ['', 'optional', 'optional/format'].flatMap((folder) => {
  const path = join(root, 'tests/draft2020-12', folder)
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) =>
      (read(join(path, name)) as Omit<Group, 'file'>[]).map((group): Group => ({
        ...group,
        file: join(folder, name.replace('.json', '')),
      })),
    )
})

/** In a document, a pointer starts at the document's root. */
function rooted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rooted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' && /^#(?:\/|$)/.test(inner)
        ? `#/components/schemas/Body${inner.slice(1)}`
        : rooted(inner),
    ]),
  )
}

function ours({ schema }: Group): (data: unknown) => Verdict {
  try {
    const document = {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: {},
      components: { schemas: { Body: rooted(schema) } },
    }
    const { fits } = conformance(compile(document, { name: 'x' }))
    fits('/components/schemas/Body', null)
    return (data) => fits('/components/schemas/Body', data)
  } catch (error) {
    return () => (error as Error).message.split('\n')[0] as string
  }
}

const remotes = join(root, 'remotes')
for (const path of readdirSync(remotes, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.startsWith('draft2020-12') && name.endsWith('.json'),
)) {
  try {
    registerSchema(
      read(join(remotes, path)) as never,
      `http://localhost:1234/${path}`,
      'https://json-schema.org/draft/2020-12/schema',
    )
  } catch {
    // Vocabularies of the suite's own, and documents that are registered by their id.
  }
}

async function theirs({ schema, file }: Group): Promise<(data: unknown) => Promise<Verdict>> {
  const uri = 'https://suite.example/schema'
  setShouldValidateFormat(file.startsWith('optional/format'))
  try {
    unregisterSchema(uri)
    registerSchema(schema as never, uri, 'https://json-schema.org/draft/2020-12/schema')
    const judge = await validate(uri)
    return async (data) => {
      try {
        return judge(data as never).valid
      } catch (error) {
        return (error as Error).message.split('\n')[0] as string
      }
    }
  } catch (error) {
    return async () => (error as Error).message.split('\n')[0] as string
  }
}

// The other's checks of host names say on the console why one is none.
const print = console.log
console.log = () => undefined

const differences = new Map<string, string[]>()
const note = (kind: string, line: string): void => void differences.set(kind, [...(differences.get(kind) ?? []), line])
let agreed = 0
let refused = 0
let total = 0
for (const group of groups) {
  const mine = ours(group)
  const other = await theirs(group)
  for (const { description, data, valid } of group.tests) {
    total++
    const verdict = mine(data)
    const second = await other(data)
    const line = `${group.file}: ${group.description}: ${description}`
    if (typeof verdict === 'string') {
      refused++
      note('we refuse the schema', `${line} (${verdict})`)
    } else if (verdict === valid) agreed++
    else
      note(
        second === valid ? 'only we differ from the suite' : 'both differ from the suite',
        `${line}: the suite says ${String(valid)}, we ${String(verdict)}, the other ${String(second)}`,
      )
    if (typeof verdict !== 'string' && verdict === valid && second !== valid)
      note('only the other differs from the suite', `${line}: ${String(second)}`)
  }
}
print(`${total} tests: ${agreed} as the suite says, ${refused} with schemas that are refused`)
for (const [kind, lines] of differences) {
  const byFile = Map.groupBy(lines, (line) => line.split(':')[0] as string)
  print(`\n${kind}: ${lines.length}`)
  for (const [file, inside] of byFile)
    print(
      `  ${file}: ${inside.length}${process.argv.includes('--all') ? inside.map((line) => `\n    ${line}`).join('') : ''}`,
    )
}
