import { conformance, judge } from '../contracts/index.ts'
import { answersOf, ledgerOf, present, presentationOf } from '../factories/index.ts'
import { apiNames, builtIn, isJson, parseDay, successOf } from '../spec/index.ts'

/**
 * Counts violations of laws and schemas in many generated invoices, by the checker's word.
 * Usage: node bench/laws.ts [invoices per seed] [seeds] [api …]
 */
const [invoices = 100, seeds = 10] = process.argv.slice(2, 4).map(Number)
const names = process.argv.length > 4 ? process.argv.slice(4) : apiNames
const today = parseDay('2026-01-15') as number

for (const name of names) {
  const model = builtIn(name)
  const schema = successOf(model.operations.find(({ does }) => does === 'get') as never)?.content.find(
    ({ mediaType }) => isJson(mediaType),
  )?.schema as string
  const { body: conform } = conformance(model)
  const found = new Map<string, number>()
  let judged = 0
  for (let seed = 0; seed < seeds; seed++) {
    const ledger = ledgerOf({ seed, invoices, today })
    const answers = answersOf(model, ledger)
    for (let index = 0; index < invoices; index++) {
      const value = JSON.parse(
        answers.write(schema, { invoice: present(ledger.entry(index), presentationOf(model)) }),
      ) as unknown
      const verdict = judge(model, schema, value, { today })
      judged += Object.values(verdict.applied).reduce((sum, count) => sum + count, 0)
      for (const { code } of [...verdict.violations, ...conform(schema, value)])
        found.set(code, (found.get(code) ?? 0) + 1)
    }
  }
  console.log(
    `${name.padEnd(11)} ${invoices * seeds} invoices over ${seeds} seeds, ${judged} judgements: ${found.size === 0 ? 'no violations' : [...found].map(([code, count]) => `${code} ${count}`).join(', ')}`,
  )
}
