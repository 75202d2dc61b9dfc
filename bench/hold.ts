import { conformance, judge } from '../contracts/index.ts'
import { answersOf, ledgerOf, present, presentationOf } from '../factories/index.ts'
import { apiNames, builtIn, isJson, parseDay, successOf } from '../spec/index.ts'

/**
 * Holds every invoice of some books against schemas and laws, in every API, as a check of an answer would, and prints what it finds.
 * Usage: npm run hold [-- invoices seeds]
 */
const [invoices = 1_000, seeds = 3] = process.argv.slice(2).map(Number)
const today = parseDay('2026-01-15') as number

const headers = new Headers({ 'content-type': 'application/json' })

for (const name of apiNames) {
  const model = builtIn(name)
  const get = model.operations.find(({ does }) => does === 'get')
  const schema = (get && successOf(get)?.content.find(({ mediaType }) => isJson(mediaType))?.schema) as string
  const document = conformance(model)
  const [found, applied] = [new Map<string, number>(), new Set<string>()]
  let violations = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const ledger = ledgerOf({ seed, invoices, today })
    const answers = answersOf(model, ledger)
    const presentation = presentationOf(model)
    for (let index = 0; index < ledger.issued; index++) {
      const invoice = answers.build(schema, { invoice: present(ledger.entry(index), presentation) })
      const verdict = judge(model, schema, invoice, { today })
      for (const code of Object.keys(verdict.applied)) applied.add(code)
      const body = JSON.stringify(invoice)
      const unfit = get
        ? document.response(get, {
            status: 200,
            headers,
            body,
            method: get.method,
          })
        : []
      for (const violation of [...unfit, ...verdict.violations]) {
        violations++
        const text = JSON.stringify(violation)
        if (!found.has(text) && found.size < 5) found.set(text, index)
      }
    }
  }
  console.log(`${name.padEnd(11)} ${invoices * seeds} invoices, ${applied.size} laws applied, ${violations} violations`)
  for (const [text, index] of found) console.log(`  invoice ${index}: ${text}`)
}
