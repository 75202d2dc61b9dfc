import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { conformance, judge } from '../contracts/index.ts'
import { mockModel } from '../mocks/mock.ts'
import { builtIn, parseDay, readByRole, successOf } from '../spec/index.ts'

/**
 * Prints what it costs to hold a page of invoices against its schema and the laws, as a ratio to ajv with ajv-formats in full mode
 * on the same page. Usage: node bench/validate.ts [api] [invoices]
 */
const [name = 'stuut', size = '50'] = process.argv.slice(2)
const today = parseDay('2026-01-15') as number
const model = builtIn(name)
const list = model.operations.find(({ does }) => does === 'list')
const schema = list && successOf(list)?.content[0]?.schema
if (!list || schema === undefined) throw new Error(`${name} has no list`)
const limit = list.parameters.find(({ binding }) => binding?.role === 'page.size')?.name ?? 'limit'
const headers = { authorization: 'Bearer x', 'x-api-key': 'x' }
const response = await mockModel(model, { invoices: 500 }).fetch(
  new Request(`http://api.test${list.path}?${limit}=${size}`, { headers }),
)
const text = await response.text()
const page: unknown = JSON.parse(text)

const peer = new Ajv2020({ strict: false, allErrors: true })
;(addFormats as unknown as (ajv: Ajv2020, options: object) => void)(peer, { mode: 'full' })
peer.addSchema({ $id: 'document:/', ...model.document })
const validate = peer.compile({ $ref: `document:/#${schema}` })
const documented = conformance(model)

console.log(
  `${name}: ${text.length} bytes, ${documented.body(schema, page).length} violations of the schema, ${judge(model, schema, page, { today }).violations.length} of the laws, ajv says ${String(validate(page))}`,
)
const calls = {
  ajv: () => void validate(page),
  conformance: () => void documented.body(schema, page),
  reading: () => void readByRole(model.shape(schema), page),
  laws: () => void judge(model, schema, page, { today }),
  both: () => {
    documented.body(schema, page)
    judge(model, schema, page, { today })
  },
  parse: () => void JSON.parse(text),
}
// In turns, so that a busy computer slows all alike; the fastest of many is least disturbed.
const best = new Map<string, number>()
for (let round = 0; round < 250; round++) {
  for (const [call, run] of Object.entries(calls)) {
    const start = performance.now()
    run()
    best.set(call, Math.min(best.get(call) ?? Infinity, performance.now() - start))
  }
}
const base = best.get('ajv') as number
for (const [call, time] of best)
  console.log(`${call.padEnd(12)} ${time.toFixed(2).padStart(7)} ms ${(time / base).toFixed(3).padStart(7)} ×`)
