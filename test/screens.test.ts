import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge, laws, lawsFor } from '../contracts/index.ts'
import { apiNames, builtIn, factory } from '../index.ts'
import { at } from '../spec/index.ts'
import { today } from './support/exam.ts'

const strangers = [
  null,
  0,
  -1,
  12.345,
  '',
  'x',
  '2031-05-05',
  '2031-05-05T00:00:00Z',
  '2001-01-01T01:01:01+02:00',
  true,
  [],
  {},
]

/** Every place of a body: the object or array it stands in, and its name there. */
const placesIn = (body: unknown): (readonly [Record<string, unknown>, string])[] =>
  typeof body !== 'object' || body === null
    ? []
    : Object.entries(body).flatMap(([name, inner]) => [
        [body as Record<string, unknown>, name] as const,
        ...placesIn(inner),
      ])

describe('a glance at the objects of a body', () => {
  it('is given by the laws that are about every object', () => {
    expect(laws.filter(({ screen }) => screen).map(({ code }) => code)).toEqual(
      laws.filter(({ scope }) => scope === 'any').map(({ code }) => code),
    )
  })

  for (const name of apiNames) {
    it(`leaves out nothing that the laws find in an invoice of ${name}, whatever stands in it`, () => {
      const model = builtIn(name)
      const schema =
        ['InvoiceDetailResponse', 'Invoice']
          .map((each) => `/components/schemas/${each}`)
          .find((pointer) => at(model.document, pointer) !== undefined) ?? ''
      const texts = factory(name)
        .buildList(3)
        .map((invoice) => JSON.stringify(invoice))
      const closely = lawsFor(model).map(({ code, says, scope, needs, violations }) => ({
        code,
        says,
        scope,
        needs,
        violations,
      }))
      const codes = new Set<string>()
      const change = fc.tuple(fc.nat(), fc.nat(), fc.option(fc.constantFrom<unknown>(...strangers), { nil: undefined }))
      fc.assert(
        fc.property(fc.constantFrom(...texts), fc.array(change, { maxLength: 4 }), (text, changes) => {
          const body = JSON.parse(text) as unknown
          for (const [to, from, stranger] of changes) {
            const places = placesIn(body)
            const [parent, key] = places[to % places.length] as (typeof places)[number]
            const [source, name_] = places[from % places.length] as (typeof places)[number]
            // What stands elsewhere is likelier to be taken for what belongs there.
            parent[key] = structuredClone(stranger === undefined ? source[name_] : stranger)
          }
          const verdict = judge(model, schema, body, { today })
          for (const { code } of verdict.violations) codes.add(code)
          expect(verdict).toEqual(judge(model, schema, body, { today, laws: closely }))
        }),
        { numRuns: 300 },
      )
      expect(codes.size).toBeGreaterThan(2)
    })
  }
})
