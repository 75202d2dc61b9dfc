import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersOf, ledgerOf } from '../../../factories/index.ts'
import type { Answers } from '../../../factories/index.ts'
import { apiNames, builtIn, compile, Failure, isJson, parseDay, successOf } from '../../../spec/index.ts'
import type { Day, Model } from '../../../spec/index.ts'
import { satisfiable } from '../sample/schemas.ts'

const today = parseDay('2026-01-15') as Day
const ledger = ledgerOf({ seed: 42, invoices: 300, today })

function bothWays(model: Model): readonly [plain: Answers, generated: Answers] {
  return [answersOf(model, ledger, { generateAfter: Infinity }), answersOf(model, ledger, { generateAfter: 0 })]
}

const schemaOf = (model: Model): string => {
  const get = model.operations.find(({ does }) => does === 'get')
  return (get && successOf(get)?.content.find(({ mediaType }) => isJson(mediaType))?.schema) as string
}

/** What is written, or the refusal of a schema that is beyond the sampler: both must be the same. */
function outcomeOf(answers: Answers, subject: Parameters<Answers['write']>[1]): string {
  try {
    return answers.write('/components/schemas/Invoice', subject)
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}

describe('code made for writing', () => {
  it.each(apiNames)('writes the bytes of %s that are written without it', (name) => {
    const model = builtIn(name)
    const [plain, generated] = bothWays(model)
    for (let index = 0; index < ledger.size; index += 3) {
      const subject = { invoice: ledger.entry(index), nulls: index % 2 === 0 }
      expect(generated.write(schemaOf(model), subject)).toBe(plain.write(schemaOf(model), subject))
    }
  })

  it('writes what is written without it, for objects of any schemas', () => {
    const members = fc.dictionary(
      fc.oneof(fc.constantFrom('a', '__proto__', 'a"b', '\u2028', 'n'), fc.string()),
      fc.tuple(satisfiable, fc.boolean()),
      { minKeys: 1, maxKeys: 6 },
    )
    fc.assert(
      fc.property(members, fc.boolean(), (places, nulls) => {
        const list = Object.entries(places).filter(([, [{ schema }]]) => schema !== false)
        const Invoice = {
          type: 'object',
          required: list.filter(([, [, isRequired]]) => isRequired).map(([name]) => name),
          properties: {
            ...Object.fromEntries(list.map(([name, [{ schema }]]) => [name, schema])),
            total: { type: 'number', 'x-role': 'invoice.total' },
            paidAt: { type: ['string', 'null'], format: 'date-time', 'x-role': 'invoice.paidAt' },
          },
        }
        const model = compile(
          { openapi: '3.1.0', info: { title: 'Any', version: '1' }, paths: {}, components: { schemas: { Invoice } } },
          { name: 'any' },
        )
        const [plain, generated] = bothWays(model)
        for (let index = 0; index < 4; index++) {
          const subject = { invoice: ledger.entry(index * 70), nulls }
          expect(outcomeOf(generated, subject)).toBe(outcomeOf(plain, subject))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is not needed: where no code may be made of text, the same is written', () => {
    const script = `
      import { answersOf, ledgerOf } from './factories/index.ts'
      import { builtIn } from './spec/index.ts'
      let made = 0
      globalThis.Function = new Proxy(Function, { construct: (target, given) => (made++, Reflect.construct(target, given)) })
      const ledger = ledgerOf({ seed: 42, invoices: 300, today: ${today} })
      const answers = answersOf(builtIn('truto'), ledger, { generateAfter: 0 })
      const texts = [0, 1].map((index) => answers.write(${JSON.stringify(schemaOf(builtIn('truto')))}, { invoice: ledger.entry(index) }))
      console.log(JSON.stringify([made, texts]))`
    const run = (...flags: string[]): [number, string[]] =>
      JSON.parse(
        execFileSync(process.execPath, [...flags, '--input-type=module-typescript', '--eval', script], {
          encoding: 'utf8',
          cwd: new URL('../../..', import.meta.url),
        }),
      )
    const [attempts, texts] = run('--disallow-code-generation-from-strings')
    expect(attempts).toBe(1)
    const [made, same] = run()
    expect(made).toBeGreaterThan(1)
    expect(texts).toEqual(same)
  })
})
