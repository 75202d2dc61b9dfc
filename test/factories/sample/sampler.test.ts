import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../../factories/random.ts'
import { compileSampler, createSamplers } from '../../../factories/sample/sampler.ts'
import type { NamedSchema } from '../../../factories/sample/sampler.ts'
import { against } from './judges.ts'
import { satisfiable } from './schemas.ts'

const person = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    email: { type: 'string', format: 'email' },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['id'],
}
const draws = (count: number, sample: (random: Random) => unknown): unknown[] =>
  Array.from({ length: count }, (_, seed) => sample(Random.of(seed)))

describe('compileSampler', () => {
  it('makes valid values of any schema that has one', async () => {
    await fc.assert(
      fc.asyncProperty(satisfiable, async ({ value, schema }) => {
        const sampler = compileSampler(schema, '')
        expect(sampler.accepts(value)).toBe(true)
        expect(await against(schema, draws(3, sampler.sample))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('makes the same value from the same seed, and others from others', () => {
    const values = draws(20, compileSampler(person, '').sample)
    expect(draws(20, compileSampler(person, '').sample)).toEqual(values)
    expect(new Set(values.map((value) => JSON.stringify(value))).size).toBeGreaterThan(15)
  })

  it('reshuffles nothing when a property is added', () => {
    const grown = {
      ...person,
      properties: { flag: { type: 'boolean' }, ...person.properties, more: { type: 'string' } },
    }
    for (const [seed, value] of draws(20, compileSampler(person, '').sample).entries()) {
      expect(compileSampler(grown, '').sample(Random.of(seed))).toMatchObject(value as object)
    }
  })

  it('puts in optional properties always, never, or now and then', () => {
    const keys = (optional: 'all' | 'none' | 'realistic'): string[] =>
      draws(40, compileSampler(person, '', { optional }).sample).map((value) => Object.keys(value as object).join())
    expect(new Set(keys('all'))).toEqual(new Set(['id,name,email,tags']))
    expect(new Set(keys('none'))).toEqual(new Set(['id']))
    expect(new Set(keys('realistic')).size).toBeGreaterThan(3)
  })

  it('takes suggestions that satisfy the schema, and no others', () => {
    const leaves: NamedSchema[] = []
    const suggest = (leaf: NamedSchema) => {
      leaves.push(leaf)
      return leaf.name === 'name' ? () => 'Ada Example' : leaf.name === 'id' ? () => 'not a number' : undefined
    }
    const sampler = createSamplers({ $defs: { person } }, { suggest, optional: 'all' })('/$defs/person', {
      name: 'buyer',
      parents: ['invoice'],
    })
    const value = sampler.sample(Random.of(1)) as { id: unknown; name: unknown }
    expect(value.name).toBe('Ada Example')
    expect(Number.isInteger(value.id)).toBe(true)
    expect(leaves.find(({ name }) => name === 'email')).toMatchObject({
      parents: ['invoice', 'buyer'],
      schema: { type: 'string', format: 'email' },
    })
  })

  it('leaves out what travels only the other way, even where it is required', () => {
    const schema = {
      type: 'object',
      properties: { id: { type: 'string', readOnly: true }, secret: { $ref: '#/$defs/secret' } },
      required: ['id', 'secret'],
      $defs: { secret: { type: 'string', writeOnly: true } },
    }
    expect(Object.keys(compileSampler(schema, '', { direction: 'request' }).sample(Random.of(1)) as object)).toEqual([
      'secret',
    ])
    expect(Object.keys(compileSampler(schema, '', { direction: 'response' }).sample(Random.of(1)) as object)).toEqual([
      'id',
    ])
    expect(Object.keys(compileSampler(schema, '').sample(Random.of(1)) as object)).toEqual(['id', 'secret'])
  })

  it('names the branch it takes by the discriminator, mapped or not', () => {
    const pet = { type: 'object', properties: { kind: { type: 'string' } }, required: ['kind'] }
    const schemas = {
      Cat: { allOf: [pet, { properties: { lives: { type: 'integer' } }, required: ['lives'] }] },
      Dog: { allOf: [pet, { properties: { bark: { type: 'string' } }, required: ['bark'] }] },
      Pet: {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
        discriminator: { propertyName: 'kind', mapping: { feline: '#/components/schemas/Cat' } },
      },
      Base: { ...pet, discriminator: { propertyName: 'kind', mapping: { y: 'Young' } } },
      Young: { allOf: [{ $ref: '#/components/schemas/Base' }] },
    }
    const make = createSamplers({ openapi: '3.1.0', components: { schemas } })
    const pets = draws(30, make('/components/schemas/Pet').sample) as { kind: string; lives?: number }[]
    expect(new Set(pets.map(({ kind }) => kind))).toEqual(new Set(['feline', 'Dog']))
    expect(pets.every(({ kind, lives }) => (kind === 'feline') === (lives !== undefined))).toBe(true)
    expect(make('/components/schemas/Young').sample(Random.of(1))).toMatchObject({ kind: 'y' })
  })

  it('closes rings where the schema allows: by leaving out, by an empty list, by null', () => {
    const ring = (next: object, required: readonly string[]): object => ({
      type: 'object',
      properties: { value: { type: 'integer' }, next },
      required,
    })
    const depth = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0
    for (const schema of [
      ring({ $ref: '#' }, ['value']),
      ring({ type: 'array', items: { $ref: '#' } }, ['next']),
      ring({ anyOf: [{ $ref: '#' }, { type: 'null' }] }, ['next']),
    ]) {
      for (const value of draws(10, compileSampler(schema as never, '', { optional: 'all' }).sample))
        expect(depth(value)).toBeLessThan(6)
    }
  })

  it('keeps values of many schemas that refer to each other within bounds', () => {
    const names = [...'ABCDEFGHIJ']
    const $defs = Object.fromEntries(
      names.map((name) => [
        name,
        { type: 'object', properties: Object.fromEntries(names.map((other) => [other, { $ref: `#/$defs/${other}` }])) },
      ]),
    )
    const value = compileSampler({ $defs, $ref: '#/$defs/A' }, '', { optional: 'all' }).sample(Random.of(1))
    expect(JSON.stringify(value).length).toBeLessThan(200_000)
  })

  it('reaches nobody: addresses are on reserved domains and networks', () => {
    const sample = (rules: object): unknown[] => draws(40, compileSampler({ type: 'string', ...rules }, '').sample)
    const reserved = /[@/.](example|test|invalid|example\.(com|net|org))(?=$|[:/?#])/
    for (const rules of [
      { format: 'email' },
      { format: 'email', minLength: 50 },
      { format: 'uri' },
      { pattern: '^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$' },
      { pattern: '^https?://[\\w.-]+/?$' },
    ]) {
      for (const value of sample(rules)) expect(value).toMatch(reserved)
    }
    for (const value of sample({ format: 'ipv4' })) expect(value).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\./)
    for (const value of sample({ format: 'ipv6' })) expect(value).toMatch(/^2001:db8:/)
  })

  it('puts null into a list only where nothing else would do', () => {
    const suggest = () => (random: Random) => (random.chance(0.8) ? null : random.pick(['a', 'b', 'c']))
    const lists = (items: object): unknown[] =>
      draws(30, compileSampler({ type: 'array', uniqueItems: true, minItems: 2, ...items }, '', { suggest }).sample)
    for (const list of lists({ items: { type: ['string', 'null'] } })) expect(list).not.toContain(null)
    for (const list of lists({})) expect(new Set(list as unknown[]).size).toBeGreaterThan(1)
    expect(compileSampler({ items: { type: 'null' }, minItems: 2, type: 'array' }, '').sample(Random.of(1))).toEqual([
      null,
      null,
    ])
  })

  it('draws cents exactly', () => {
    for (const value of draws(
      200,
      compileSampler({ type: 'number', multipleOf: 0.01, minimum: 0, maximum: 5 }, '').sample,
    )) {
      expect(String(value)).toMatch(/^\d(\.\d{1,2})?$/)
      expect(Number.isInteger((value as number) / 0.01)).toBe(true)
    }
  })
})
