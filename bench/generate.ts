import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import {
  answersOf,
  compileSampler,
  ledgerOf,
  poolsOf,
  present,
  Random,
  suggestionsOf,
  presentationOf,
} from '../factories/index.ts'
import { apiNames, builtIn, compile, isJson, parseDay, successOf } from '../spec/index.ts'
import type { Model, Pointer } from '../spec/index.ts'
import { bounded } from './bounded.ts'
import type { Bounded } from './bounded.ts'
import { medianOf, ratioOf } from './median.ts'
import { openPeers } from './peers.ts'
import type { Make } from './peers.ts'

/**
 * Prints how fast invoices are written and built, how long compiling takes, and what others need for the same schema. Rates of text
 * are ratios to `JSON.stringify` of the same values, ready made, measured in turns; --short takes fewer turns.
 */
const today = parseDay('2026-01-15') as number
const isShort = process.argv.includes('--short')
const rounds = isShort ? 5 : 15
const books = 20_000
const count = 400

const leaves = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, part) => sum + leaves(part), 0)
    : 1
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
const times = (ratio: number): string => `${ratio >= 0.1 ? ratio.toFixed(2) : ratio.toFixed(4)} ×`

interface Subject {
  readonly model: Model
  readonly schema: Pointer
  readonly build: (index: number) => unknown
  readonly write: (index: number) => string
}

function subjectOf(model: Model): Subject {
  const operation = model.operations.find(({ does }) => does === 'get')
  const schema = operation && successOf(operation)?.content.find(({ mediaType }) => isJson(mediaType))?.schema
  const ledger = ledgerOf({ seed: 42, invoices: books, today })
  const [answers, terms] = [answersOf(model, ledger), presentationOf(model)]
  const at = (index: number): ReturnType<typeof present> => present(ledger.entry((index * 37) % books), terms)
  return {
    model,
    schema: schema as Pointer,
    build: (index) => answers.build(schema as Pointer, { invoice: at(index) }),
    write: (index) => answers.write(schema as Pointer, { invoice: at(index) }),
  }
}

/** A source that never gives the same invoice in two passes, so that nothing is repeated from memory. */
const onward = (call: (index: number) => unknown): (() => void) => {
  let next = 0
  return () => void call(next++)
}

function printOwn({ model, build, write }: Subject): { readonly leaves: number; readonly bytes: number } {
  const ready = Array.from({ length: count }, (_, index) => build(index))
  const written = new Set(Array.from({ length: books / 10 }, (_, index) => write(index)))
  const [bytes, parts] = [mean(ready.map((invoice) => JSON.stringify(invoice).length)), mean(ready.map(leaves))]
  const stringify = (index: number): void => void JSON.stringify(ready[index % count])
  console.log(
    `${model.name.padEnd(11)} ${String(Math.round(bytes)).padStart(6)} bytes, ${String(Math.round(parts)).padStart(4)} leaves, ${written.size} of ${books / 10} distinct:` +
      ` write ${times(ratioOf(onward(write), stringify, { calls: count, rounds }))} JSON.stringify, build ${times(ratioOf(onward(build), stringify, { calls: count, rounds }))}`,
  )
  return { leaves: parts, bytes }
}

function printCompile({ model, schema }: Subject): void {
  const ledger = ledgerOf({ seed: 42, invoices: 10, today })
  const ours = (): void =>
    void answersOf(compile(model.document, { name: 'again' }), ledger).write(schema, { invoice: ledger.entry(0) })
  const value: unknown = JSON.parse(answersOf(model, ledger).write(schema, { invoice: ledger.entry(0) }))
  const theirs = (): void => {
    const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, formats: fullFormats })
    ajv.addSchema(model.document, 'doc:')
    if (!ajv.compile({ $ref: `doc:#${encodeURI(schema)}` })(value)) throw new Error('ajv refuses an invoice')
  }
  const ratio = 1 / ratioOf(ours, theirs, { calls: 1, rounds })
  console.log(
    `\ncompile ${model.name} and write its first invoice: ${(medianOf(ours, { calls: 1, rounds }) / 1e6).toFixed(0)} ms, ${ratio.toFixed(2)} × the time in which ajv compiles the same schema and judges that invoice`,
  )
}

/** Others make a value of one fixed shape; the limit is `JSON.stringify` of what each has made. */
function printPeer(name: string, make: Make | string): void {
  if (typeof make === 'string')
    return console.log(`  ${name.padEnd(34)} not measured: ${make} (npm install --prefix bench)`)
  const begun = performance.now()
  const ready = Array.from({ length: 20 }, make)
  const calls = Math.max(2, Math.min(count, Math.round(60 / ((performance.now() - begun) / 20))))
  const stringify = (index: number): void => void JSON.stringify(ready[index % ready.length])
  const ratio = ratioOf(() => void JSON.stringify(make()), stringify, { calls, rounds: Math.min(rounds, 9) })
  const distinct = new Set(ready.map((value) => JSON.stringify(value))).size
  console.log(
    `  ${name.padEnd(34)} ${times(ratio).padStart(9)}   ${Math.round(mean(ready.map(leaves)))} leaves, ${distinct} of 20 distinct`,
  )
}

/** A sampler that knows no roles, on the same schema as the others. */
function sampled(schema: Bounded): Make {
  const sampler = compileSampler(schema as never, '', {
    suggest: suggestionsOf(poolsOf('bench')),
    unknownKeywords: 'ignore',
  })
  let seed = 0
  return () => sampler.sample(Random.of(seed++))
}

function printBuild({ build }: Subject, own: number, make: Make | string | undefined): void {
  if (typeof make !== 'function') return
  const perLeaf = mean(Array.from({ length: 50 }, () => leaves(make()))) / own
  const ratio = ratioOf(onward(build), () => void make(), { calls: count, rounds })
  console.log(
    `\nbuild: ${times(ratio)} the rate of literals by hand with a plain PRNG, ${times(ratio / perLeaf)} leaf by leaf`,
  )
}

const subjects = apiNames.map((name) => subjectOf(builtIn(name)))
const sizes = subjects.map(printOwn)
const largest = sizes.reduce((best, { bytes }, index) => (bytes > (sizes[best]?.bytes ?? 0) ? index : best), 0)
const subject = subjects[largest] as Subject
printCompile(subject)

const folder = mkdtempSync(join(tmpdir(), 'proforma-bench-'))
try {
  const schema = bounded(subject.model.document, subject.schema) as Bounded
  const peers = await openPeers(schema, folder)
  printBuild(subject, sizes[largest]?.leaves ?? 1, peers.get('literals by hand, plain PRNG'))
  console.log(
    `\ntext of ${subject.model.name} invoices of one fixed shape, × JSON.stringify of the same values ready made:`,
  )
  printPeer('proforma, schema only, no roles', sampled(schema))
  for (const [name, make] of peers) printPeer(name, make)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
