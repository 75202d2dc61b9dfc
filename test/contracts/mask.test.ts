import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformance, judge } from '../../contracts/index.ts'
import { maskText, scramble } from '../../contracts/mask/text.ts'
import { maskerOf } from '../../contracts/mask/masker.ts'
import { apiNames, mock } from '../../index.ts'
import { routerOf } from '../../spec/index.ts'
import { credentialsFor } from '../support/credentials.ts'
import { requestFor, shows } from '../support/showcase.ts'

const shown = await Promise.all(
  apiNames.flatMap((name) =>
    shows[name].map(async (show) => {
      const { model, fetch } = mock(name, { invoices: 20 })
      const response = await fetch(requestFor(show, 'http://localhost', credentialsFor(model)))
      const matched = routerOf(model.operations).match(show.method, show.path.split('?')[0] as string)
      const schema = matched && 'operation' in matched ? matched.operation.replies[0]?.content[0]?.schema : undefined
      return {
        title: `${name} ${show.path}`,
        model,
        body: (await response.json()) as unknown,
        schema: schema as string,
      }
    }),
  ),
)

const texts = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(texts)
      : []
const numbers = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => (key.endsWith('tude') ? [] : numbers(item)))
      : []
const addresses = (value: unknown): Set<string> =>
  new Set(
    texts(value).flatMap((text) => text.match(/[\w.+-]+@[\w.-]+\w|\+\d[\d ().-]{6,18}\d|https?:\/\/[^\s"'<>]+/g) ?? []),
  )

describe.each(shown)('a masked answer: $title', ({ model, body, schema }) => {
  const masked = maskerOf(model).body(schema, body)

  it('conforms, and every law still holds', () => {
    expect(conformance(model).body(schema, masked)).toEqual([])
    expect(judge(model, schema, masked).violations).toEqual([])
    expect(judge(model, schema, masked).applied).toEqual(judge(model, schema, body).applied)
  })

  it('has none of the addresses and names that were there', () => {
    const left = addresses(masked)
    expect([...addresses(body)].filter((address) => left.has(address))).toEqual([])
    const names = (value: unknown): string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, item]) =>
            /^(?:given|family)_name$/.test(key) && typeof item === 'string' ? [item] : names(item),
          )
        : []
    expect(names(body).filter((name) => JSON.stringify(masked).includes(name))).toEqual([])
  })

  it('reaches nobody', () => {
    for (const address of addresses(masked)) expect(address).toMatch(/\.example(?:\/|$)|^\+120255501\d\d$/)
  })

  it('keeps amounts, and is the same every time', () => {
    expect(numbers(masked)).toEqual(numbers(body))
    expect(maskerOf(model).body(schema, structuredClone(body))).toEqual(masked)
  })
})

describe('a masked text', () => {
  it.each([
    ['Anna Smith', 'words', /^[AEIOU][a-z]{3} [B-Z][a-z]{4}$/],
    ['12 High St., 10115', 'words', /^\d\d [A-Z][a-z]{3} [A-Z][a-z]\., \d{5}$/],
    [
      'reach me at anna@acme.test or +1 555 010 9999',
      'embedded',
      /^reach me at [a-z]{4}@[a-z]{4}\.example or \+120255501\d\d$/,
    ],
    ['030 1234567', 'phone', /^\+120255501\d\d$/],
    ['sk_live_51Habc', 'secret', /^[a-z]{2}_[a-z]{4}_\d\d[A-Z][a-z]{3}$/],
    ['f11c46a6-ec62-4a44-864b-2f99bb804ea2', 'secret', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/],
    [
      'https://bucket.acme.test/k3y/x.pdf?signature=abc',
      'embedded',
      /^https:\/\/[a-z.]+\.example\/[a-z]\d[a-z]\/[a-z]\.pdf$/,
    ],
    ['INV-0042', 'embedded', /^INV-0042$/],
  ] as const)('%s as %s keeps its form', (text, sort, form) => {
    const masked = maskText(text, sort, 'salt')
    expect(masked).toMatch(form)
    if (text !== 'INV-0042') expect(masked).not.toBe(text)
  })

  it('masks a name the same wherever and however it is written', () => {
    const name = maskText('Anna', 'words', 's')
    expect(maskText('Dear Anna, ANNA', 'words', 's')).toMatch(new RegExp(`${name}, ${name.toUpperCase()}$`))
    expect(maskText('anna@acme.test', 'embedded', 's').startsWith(`${name.toLowerCase()}@`)).toBe(true)
  })

  it('is another with another salt', () => {
    expect(maskText('Anna Smith', 'words', 'a')).not.toBe(maskText('Anna Smith', 'words', 'b'))
  })

  it('has the length of the text, for any words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect([...scramble(text, 's')].length).toBe([...text].length)
      }),
      { numRuns: 200 },
    )
  })
})

it('leaves credentials out of queries, and sorts the rest', () => {
  const { model } = mock('stuut')
  const keyed = { ...model, security: { key: { type: 'apiKey', in: 'query', name: 'api_key' } } }
  expect(maskerOf(keyed).query(model.operations[0], 'status=paid&api_key=s3cret&limit=5')).toBe('limit=5&status=paid')
})
