/**
 * Measures the sampler on the JSON Schema Test Suite: samples of every schema that accepts anything at all, judged by two validators
 * that are not ours. Prints failures by keyword.
 *
 *     JSON_SCHEMA_TEST_SUITE=⟨checkout⟩ npx node bench/sampler.ts [--all] [--alone] [words of a description]
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import {
  registerSchema,
  setShouldValidateFormat,
  unregisterSchema,
  validate,
} from '@hyperjump/json-schema/draft-2020-12'
import '@hyperjump/json-schema/formats'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { Random } from '../factories/random.ts'
import { compileSampler } from '../factories/sample/sampler.ts'

interface Group {
  readonly file: string
  readonly description: string
  readonly schema: unknown
  readonly tests: readonly { readonly valid: boolean; readonly data: unknown }[]
}
interface Judge {
  (value: unknown): boolean | Promise<boolean>
}
interface Tally {
  schemas: number
  whole: number
  samples: number
  invalid: number
  readonly faults: string[]
}

const seeds = 20
const root = process.env.JSON_SCHEMA_TEST_SUITE
if (root === undefined) {
  console.error(
    'Failed to measure the sampler: expected JSON_SCHEMA_TEST_SUITE to name a checkout of the suite but received nothing.',
  )
  process.exit(2)
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const words = process.argv
  .slice(2)
  .filter((word) => !word.startsWith('--'))
  .join(' ')
const verbose = process.argv.includes('--all')

/** Every document that schemas of the suite refer to, by URI. */
function documentsOf(suite: string): Record<string, unknown> {
  const remotes = join(suite, 'remotes')
  const found = readdirSync(remotes, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /^draft20(20-12|19-09)\//.test(path) && path.endsWith('.json'),
  )
  const documents = Object.fromEntries(
    found.map((path) => [`http://localhost:1234/${path}`, read(join(remotes, path))]),
  )
  const meta = join(import.meta.dirname, '../node_modules/ajv/dist/refs/json-schema-2020-12')
  for (const name of [
    'schema',
    'meta/applicator',
    'meta/content',
    'meta/core',
    'meta/format-annotation',
    'meta/meta-data',
    'meta/unevaluated',
    'meta/validation',
  ]) {
    documents[`https://json-schema.org/draft/2020-12/${name}`] = read(join(meta, `${name}.json`))
  }
  return documents
}

function groupsOf(suite: string): Group[] {
  return ['', 'optional', 'optional/format'].flatMap((folder) => {
    const path = join(suite, 'tests/draft2020-12', folder)
    return readdirSync(path)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) =>
        (read(join(path, name)) as Omit<Group, 'file'>[]).map((group) => ({
          ...group,
          file: join(folder, name.replace('.json', '')),
        })),
      )
  })
}

function ajvJudge(schema: unknown, documents: Record<string, unknown>): Judge {
  const ajv = new Ajv2020({ strict: false, logger: false, ownProperties: true, formats: fullFormats })
  for (const [uri, document] of Object.entries(documents)) {
    if (!ajv.getSchema(uri))
      try {
        ajv.addSchema(document as object, uri)
      } catch {
        /* a document of the suite that ajv refuses */
      }
  }
  return ajv.compile(schema as object) as Judge
}

/** Schemas by how many judges were heard on them. */
const heard: Record<number, number> = {}
let registered = 0
async function hyperjumpJudge(schema: unknown): Promise<Judge> {
  const uri = `https://proforma.example/${registered++}`
  const dialect = 'https://json-schema.org/draft/2020-12/schema'
  registerSchema(schema as never, uri, dialect)
  try {
    const check = await validate(uri)
    return (value) => check(value as never).valid
  } finally {
    unregisterSchema(uri)
  }
}

async function judge(
  group: Group,
  values: readonly unknown[],
  judges: readonly (readonly [string, Judge])[],
  tally: Tally,
): Promise<void> {
  const faults = new Set<string>()
  for (const value of values) {
    tally.samples++
    const verdicts = await Promise.all(
      judges.map(async ([name, accepts]) => ((await accepts(value)) ? undefined : name)),
    )
    const against = verdicts.filter((name) => name !== undefined)
    if (against.length > 0) tally.invalid++
    if (against.length > 0) faults.add(`${against.join(' and ')} against ${JSON.stringify(value)?.slice(0, 160)}`)
  }
  tally.schemas++
  if (faults.size === 0) tally.whole++
  else tally.faults.push(`${group.file}: ${group.description}: ${[...faults][0]}`)
}

/** A judge that fails the suite's own tests of a schema is not heard on it. Formats are asserted, which the suite leaves open. */
async function judgesOf(
  { file, schema, tests }: Group,
  documents: Record<string, unknown>,
): Promise<[string, Judge][]> {
  const judges: [string, Judge][] = []
  for (const [name, make] of [
    ['ajv', () => ajvJudge(schema, documents)],
    ['hyperjump', () => hyperjumpJudge(schema)],
  ] as const) {
    try {
      const accepts = await make()
      const verdicts = file.includes('format')
        ? []
        : await Promise.all(tests.map(async ({ data, valid }) => (await accepts(data)) === valid))
      if (!verdicts.includes(false)) judges.push([name, accepts])
    } catch {
      /* a schema that one cannot compile is left to the other */
    }
  }
  heard[judges.length] = (heard[judges.length] ?? 0) + 1
  return judges
}

/** Runs in a thread of its own, which is ended when the peer does not come back. */
const peerSource = `
  const { parentPort, workerData } = require('node:worker_threads')
  parentPort.on('message', async ({ schema, seeds }) => {
    try {
      const module = await import(workerData.path)
      const faker = module.JSONSchemaFaker ?? module.default?.JSONSchemaFaker ?? module.default ?? module
      const values = []
      for (let seed = 0; seed < seeds; seed++) {
        let state = seed + 1
        const random = () => (state = (state * 48271) % 2147483647) / 2147483647
        if (faker.option) faker.option({ random, failOnInvalidFormat: false, failOnInvalidTypes: false })
        values.push(await (faker.option ? faker.generate(structuredClone(schema), structuredClone(workerData.references)) : (module.generate ?? faker.generate)(structuredClone(schema), { seed })))
      }
      parentPort.postMessage({ values })
    } catch (error) {
      parentPort.postMessage({ error: String(error?.message ?? error) })
    }
  })`

type Peer = (schema: unknown) => Promise<readonly unknown[]>

/** Returns json-schema-faker where it is installed: next to the benchmarks, or else wherever it is found. */
function openPeer(
  documents: Record<string, unknown>,
): { readonly sample: Peer; readonly close: () => void } | undefined {
  let path: string
  try {
    path = import.meta.resolve('json-schema-faker')
  } catch {
    return undefined
  }
  const references = Object.entries(documents).map(([id, document]) => ({ ...(document as object), $id: id }))
  const start = (): Worker => new Worker(peerSource, { eval: true, workerData: { path, references } })
  let worker = start()
  const sample: Peer = (schema) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        void worker.terminate()
        worker = start()
        reject(new Error('no answer within 5 s'))
      }, 5_000)
      worker.once('message', ({ values, error }: { values?: unknown[]; error?: string }) => {
        clearTimeout(late)
        if (values) resolve(values)
        else reject(new Error(error))
      })
      worker.postMessage({ schema, seeds }, [])
    })
  return { sample, close: () => void worker.terminate() }
}

function print(name: string, { schemas, whole, samples, invalid, faults }: Tally): void {
  console.log(
    `\n${name}: ${whole} of ${schemas} schemas (${((100 * whole) / schemas).toFixed(1)} %), ${invalid} of ${samples} samples invalid`,
  )
  const byKeyword = Map.groupBy(faults, (fault) => fault.slice(0, fault.indexOf(':')))
  for (const [keyword, list] of [...byKeyword].sort((left, right) => right[1].length - left[1].length))
    console.log(`  ${String(list.length).padStart(3)}  ${keyword}`)
}

const tallyOf = (): Tally => ({ schemas: 0, whole: 0, samples: 0, invalid: 0, faults: [] })
setShouldValidateFormat(true)
const documents = documentsOf(root)
for (const [uri, document] of Object.entries(documents)) {
  if (uri.startsWith('http://localhost'))
    try {
      registerSchema(document as never, uri, 'https://json-schema.org/draft/2020-12/schema')
    } catch {
      /* registered under its own $id */
    }
}
const [ours, theirs, faker] = [tallyOf(), tallyOf(), process.argv.includes('--alone') ? undefined : openPeer(documents)]
const refused: string[] = []
const unjudged: string[] = []
let [compiling, drawing, sampled] = [0, 0, 0]
for (const group of groupsOf(root).filter(({ file, description }) => `${file} ${description}`.includes(words))) {
  const satisfiable = group.tests.some(({ valid }) => valid)
  const judges = await judgesOf(group, documents)
  const values: unknown[] = []
  try {
    const begun = performance.now()
    const sampler = compileSampler(group.schema as never, '', { documents, unknownKeywords: 'ignore' })
    const compiled = performance.now()
    for (let seed = 0; seed < seeds; seed++) values.push(sampler.sample(Random.of(seed)))
    compiling += compiled - begun
    drawing += performance.now() - compiled
    sampled += seeds
    if (verbose)
      console.log(
        `${group.file}: ${group.description}\n  ${JSON.stringify(group.schema).slice(0, 300)}\n  ${values
          .slice(0, 4)
          .map((value) => JSON.stringify(value)?.slice(0, 120))
          .join('  ')}`,
      )
    if (judges.length === 0) unjudged.push(`${group.file}: ${group.description}`)
    else await judge(group, values, judges, ours)
  } catch (error) {
    if (!satisfiable && (error as Error).name === 'Failure') {
      refused.push(`${group.file}: ${group.description}: ${(error as Error).message}`)
      continue
    }
    ours.schemas++
    ours.faults.push(
      `${group.file}: ${group.description}: ${(error as Error).name === 'Failure' ? (error as Error).message : (error as Error).stack}`,
    )
  }
  if (!faker || judges.length === 0) continue
  try {
    await judge(group, await faker.sample(group.schema), judges, theirs)
  } catch (error) {
    theirs.schemas++
    theirs.faults.push(`${group.file}: ${group.description}: ${(error as Error).message}`)
  }
}
for (const fault of ours.faults) console.log(fault)
print('proforma', ours)
console.log(`  refused as satisfiable by nothing: ${refused.length}`)
if (verbose) for (const line of refused) console.log(`    ${line}`)
console.log(
  `  heard by two judges: ${heard[2] ?? 0}, by one: ${heard[1] ?? 0}, by none, so not counted: ${unjudged.join(', ') || 'none'}`,
)
console.log(
  `  ${(compiling / (sampled / seeds)).toFixed(2)} ms to compile a schema, ${((1000 * drawing) / sampled).toFixed(1)} µs to draw a sample`,
)
if (faker) print('json-schema-faker', theirs)
faker?.close()
