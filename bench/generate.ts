import { answersOf, ledgerOf, present, termsOf } from '../factories/index.ts'
import { apiNames, builtIn, isJson, parseDay, successOf } from '../spec/index.ts'
import { medianOf, ratioOf } from './median.ts'

/** Prints how fast invoices are written and built, as ratios to `JSON.stringify` of the same invoices, ready made. */
const today = parseDay('2026-01-15') as number
const count = 400

const leaves = (value: unknown): number => (typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, part) => sum + leaves(part), 0) : 1)

for (const name of apiNames) {
  const model = builtIn(name)
  const schema = successOf(model.operations.find(({ does }) => does === 'get') as never)?.content.find(({ mediaType }) => isJson(mediaType))?.schema as string
  const ledger = ledgerOf({ seed: 42, invoices: 20_000, today })
  const answers = answersOf(model, ledger)
  const terms = termsOf(model)
  const at = (index: number): ReturnType<typeof present> => present(ledger.entry((index * 37) % 20_000), terms)
  const ready = Array.from({ length: count }, (_, index) => answers.build(schema, { invoice: at(index) }))
  const texts = ready.map((invoice) => JSON.stringify(invoice))
  const stringify = (index: number): void => void JSON.stringify(ready[index % count])
  const write = (index: number): void => void answers.write(schema, { invoice: at(index) })
  const build = (index: number): void => void answers.build(schema, { invoice: at(index) })
  const compile = medianOf(() => void answersOf({ ...model }, ledger).write(schema, { invoice: at(0) }), { calls: 1, rounds: 3 })
  console.log(`${name.padEnd(11)} ${String(Math.round(texts.reduce((sum, { length }) => sum + length, 0) / count)).padStart(7)} bytes, ${Math.round(ready.reduce((sum: number, invoice) => sum + leaves(invoice), 0) / count)} leaves, ${new Set(texts).size} of ${count} distinct`)
  console.log(`  write ${ratioOf(write, stringify, { calls: count }).toFixed(2)} × JSON.stringify, build ${ratioOf(build, stringify, { calls: count }).toFixed(2)} ×, compiled and first written in ${(compile / 1e6).toFixed(0)} ms`)
}
