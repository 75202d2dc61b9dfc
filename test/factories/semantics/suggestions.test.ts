import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poolsOf } from '../../../factories/ledger/pools.ts'
import { isFictional } from '../../../factories/ledger/address.ts'
import { Random } from '../../../factories/random.ts'
import { compileSampler } from '../../../factories/sample/sampler.ts'
import { suggestionsOf } from '../../../factories/semantics/suggestions.ts'
import { meanings } from '../../../factories/semantics/recognise.ts'
import type { SchemaObject } from '../../../spec/index.ts'

const suggest = suggestionsOf(poolsOf(42))

const valuesOf = (name: string, schema: SchemaObject, parents: readonly string[] = [], count = 40): unknown[] => {
  const source = suggest({ name, parents, schema })
  return Array.from({ length: count }, (_, index) => source?.(Random.of(index)))
}
const text = { type: 'string' }
const names = [
  ...new Set(
    meanings.flatMap((meaning) =>
      meaning.names.split('|').map((name) => name.replaceAll(/[=~*]/g, '').trim().replaceAll(/\s+/g, '_')),
    ),
  ),
]

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

describe('suggestions', () => {
  it('are the same for the same pools and source', () => {
    const again = suggestionsOf(poolsOf(42))
    for (const name of names) {
      const leaf = { name, parents: ['record'], schema: text }
      expect(again(leaf)?.(Random.of(name)), name).toEqual(suggest(leaf)?.(Random.of(name)))
    }
  })

  it('differ with the seed of the pools', () => {
    const other = suggestionsOf(poolsOf('another seed'))
    const leaf = { name: 'company_name', parents: [], schema: text }
    const draw = (from: typeof suggest) => Array.from({ length: 5 }, (_, index) => from(leaf)?.(Random.of(index)))
    expect(draw(other)).not.toEqual(draw(suggest))
  })

  it('name hosts that are reserved and numbers that are fictional, whatever the name', () => {
    const reserved = /(?:^|\.)(?:example|test|invalid)$|(?:^|\.)example\.(?:com|net|org)$/
    for (const name of names) {
      for (const schema of [
        text,
        {},
        { type: 'object' },
        { type: 'string', format: 'uri' },
        { type: 'string', format: 'email' },
      ]) {
        for (const found of valuesOf(name, schema, ['contact'], 8).flatMap(textsOf)) {
          for (const [, host = ''] of found.matchAll(/(?:https?:\/\/|@)([^\s/?#"'<>]+)/g))
            expect(host, `${name}: ${found}`).toMatch(reserved)
          for (const [phone] of found.matchAll(/\+\d[\d ]{7,}\d/g))
            expect(isFictional(phone), `${name}: ${found}`).toBe(true)
        }
      }
    }
  })

  it('satisfy the schemas they are made for', () => {
    const bounds = fc.record({
      name: fc.constantFrom(...names),
      low: fc.integer({ min: -50, max: 500 }),
      span: fc.integer({ min: 0, max: 5_000 }),
      length: fc.integer({ min: 1, max: 40 }),
      kind: fc.constantFrom('string', 'integer', 'number'),
    })
    fc.assert(
      fc.property(bounds, ({ name, low, span, length, kind }) => {
        const schema =
          kind === 'string' ? { type: 'string', maxLength: length } : { type: kind, minimum: low, maximum: low + span }
        const sampler = compileSampler({ schema }, '/schema')
        for (const value of valuesOf(name, schema, [], 4))
          if (value !== undefined) expect(sampler.accepts(value), `${name} ${JSON.stringify(value)}`).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('keep to patterns in one spelling or another', () => {
    expect(
      valuesOf('currency', { type: 'string', pattern: '^[a-z]{3}$' }).every((value) =>
        /^[a-z]{3}$/.test(String(value)),
      ),
    ).toBe(true)
    expect(
      valuesOf('phone', { type: 'string', pattern: '^\\+?[0-9]+$' }).every((value) => /^\+?\d+$/.test(String(value))),
    ).toBe(true)
    expect(
      valuesOf('start', { type: 'string', description: 'The start date.', minLength: 20 }).every((value) =>
        /T.*Z$/.test(String(value)),
      ),
    ).toBe(true)
  })

  it('take one of the examples where a word is looked for', () => {
    expect(new Set(valuesOf('report_frequency', { type: 'string', examples: ['hourly', 'never'] }))).toEqual(
      new Set(['hourly', 'never']),
    )
  })

  it('repeat no example that may reach somebody', () => {
    const found = valuesOf('hint', {
      type: 'string',
      examples: ['write to jane@company.com', 'call +44 25691 154789', 'see https://acme.com/x'],
    })
    expect(found.some((value) => /company|acme|25691/.test(String(value)))).toBe(false)
    expect(valuesOf('email', { type: 'string', examples: ['jane@buyer.example'] })).not.toContain('jane@buyer.example')
  })

  it('draw identities of the shape of an example', () => {
    for (const value of valuesOf('id', { type: 'string', examples: ['INV2-AB12-77'] }))
      expect(value).toMatch(/^INV2-[A-Z]{2}\d{2}-\d{2}$|^[A-Z]{3}\d-[A-Z]{2}\d{2}-\d{2}$/)
    expect(new Set(valuesOf('id', { type: 'string', examples: ['cus_0008'] })).size).toBeGreaterThan(30)
  })

  it('give an identity the prefix of what it identifies', () => {
    expect(valuesOf('customer_id', text)[0]).toMatch(/^cus_\w{12}$/)
    expect(valuesOf('id', text, ['invoice'])[0]).toMatch(/^inv_\w{12}$/)
    expect(valuesOf('owner_id', { type: 'string', format: 'uuid' })[0]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })

  it('take the default more often than not, but not for what tells things apart', () => {
    expect(
      valuesOf('mode', { type: 'string', default: 'merge' }).filter((value) => value === 'merge').length,
    ).toBeGreaterThan(15)
    expect(valuesOf('id', { type: 'string', default: 'none' })).not.toContain('none')
  })

  it('write amounts in minor units where they are whole, in two decimals as text', () => {
    expect(
      valuesOf('total', { type: 'integer' }).every((value) => Number.isInteger(value) && (value as number) >= 1_000),
    ).toBe(true)
    expect(valuesOf('total', text).every((value) => /^\d+\.\d\d$/.test(value as string))).toBe(true)
  })

  it('write moments the way the place does', () => {
    expect(
      valuesOf('created_at', { type: 'integer' }).every(
        (value) => (value as number) > 1.6e9 && (value as number) < 1.8e9,
      ),
    ).toBe(true)
    expect(valuesOf('due', { type: 'string', format: 'date' })[0]).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(valuesOf('opens_at', text)[0]).toMatch(/^\d\d:\d\d$/)
    expect(valuesOf('send_time', { type: 'string', format: 'time' })[0]).toMatch(/^\d\d:\d\d:00Z$/)
  })

  it('know the day it is', () => {
    const later = suggestionsOf(poolsOf(42), { today: 21_915 })
    expect(String(later({ name: 'created_at', parents: [], schema: text })?.(Random.of(1)))).toMatch(/^202[89]|^2030/)
  })

  it('leave errors out where null is allowed', () => {
    expect(
      valuesOf('error_message', { type: ['string', 'null'] }, [], 100).filter((value) => value === null).length,
    ).toBeGreaterThan(85)
    expect(valuesOf('error_message', text)).not.toContain(null)
  })

  it('raise flags as often as real data does', () => {
    const raised = (name: string) =>
      valuesOf(name, { type: 'boolean' }, [], 200).filter((value) => value === true).length
    expect(raised('is_deleted')).toBeLessThan(40)
    expect(raised('has_error')).toBeLessThan(40)
    expect(raised('is_enabled')).toBeGreaterThan(160)
    expect(raised('canPayWithCard')).toBeGreaterThan(130)
  })

  it('give what may be anything null or a small object of its name', () => {
    const found = valuesOf('custom_fields', { description: 'Any JSON value.' }, [], 200)
    expect(found).toContain(null)
    expect(found.some((value) => typeof value === 'object' && value !== null)).toBe(true)
    expect(valuesOf('xyzzy', {}).every((value) => value === null)).toBe(true)
  })

  it('have no opinion on constants and closed lists, except for customers’ currencies and countries', () => {
    expect(suggest({ name: 'object', parents: [], schema: { const: 'invoice' } })).toBeUndefined()
    expect(suggest({ name: 'status', parents: [], schema: { enum: ['a', 'b'] } })).toBeUndefined()
    const found = new Set(valuesOf('currency', { enum: ['USD', 'EUR', 'MKD', 'UYU'] }))
    expect(found.has('MKD') || found.has('UYU')).toBe(false)
  })
})
