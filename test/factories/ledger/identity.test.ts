import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { greatestKey, Identities } from '../../../factories/ledger/identity.ts'
import type { IdentityForm } from '../../../factories/ledger/identity.ts'

const forms: readonly [IdentityForm, string?][] = [
  ['uuid'],
  ['integer'],
  ['token'],
  ['prefixed', 'inv_'],
  ['ulid'],
  ['typeid', 'inv_'],
]
const anyKey = fc.oneof(fc.integer({ min: -1, max: 2_000_000 }), fc.integer({ min: -1, max: greatestKey }))
const identities = new Identities(7)

describe.each(forms)('an identity as %s', (...manner) => {
  it('comes back as its key, whatever the seed and kind', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.string()), fc.string(), anyKey, (seed, kind, key) => {
        const written = new Identities(seed).encode(kind, key, ...manner)
        expect(new Identities(seed).decode(kind, written, ...manner)).toBe(key)
      }),
    )
  })

  it('is another for each of 100,000 keys', () => {
    const written = new Set(
      Array.from({ length: 100_000 }, (_, index) => identities.encode('invoice', index - 1, ...manner)),
    )
    expect(written.size).toBe(100_000)
  })

  it('refuses what is no identity', () => {
    for (const value of [
      undefined,
      null,
      true,
      {},
      [],
      '',
      ' ',
      'inv_',
      'inv_abc',
      '-5',
      '007',
      '1e3',
      0.5,
      Number.NaN,
      Infinity,
      '9'.repeat(400),
      'x'.repeat(36),
    ]) {
      expect(identities.decode('invoice', value, ...manner), JSON.stringify(value)).toBeUndefined()
    }
  })

  it('refuses to encode a key out of range', () => {
    for (const key of [-2, 1.5, Number.NaN, greatestKey * 2]) {
      expect(() => identities.encode('invoice', key, ...manner)).toThrow(
        'Failed to encode an identity of "invoice": expected a whole number',
      )
    }
  })
})

it('has 26 digits of base 32 as a ULID, in small letters as a TypeID', () => {
  expect(identities.encode('invoice', 5, 'ulid')).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  expect(identities.encode('invoice', 5, 'typeid', 'inv_')).toMatch(/^inv_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
})

describe('a UUID', () => {
  it('is of version 4 and is read in either letter case', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const written = String(identities.encode('invoice', key, 'uuid'))
        expect(written).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(identities.decode('invoice', written.toUpperCase(), 'uuid')).toBe(key)
      }),
    )
  })

  it('does not decode as another kind or under another seed', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const written = identities.encode('invoice', key, 'uuid')
        expect(identities.decode('party', written, 'uuid')).toBeUndefined()
        expect(new Identities(8).decode('invoice', written, 'uuid')).toBeUndefined()
      }),
    )
  })

  it('does not decode with any one digit changed', () => {
    const written = String(identities.encode('invoice', 42, 'uuid'))
    for (const [place, digit] of written.split('').entries()) {
      if (digit === '-') continue
      const changed = written.slice(0, place) + (digit === '0' ? '1' : '0') + written.slice(place + 1)
      expect(identities.decode('invoice', changed, 'uuid'), changed).toBeUndefined()
    }
  })

  it('of a stranger does not decode', () => {
    fc.assert(
      fc.property(fc.uuid({ version: 4 }), (stranger) => identities.decode('invoice', stranger, 'uuid') === undefined),
    )
  })
})

describe('a token', () => {
  it('has twelve letters and digits, and as many behind a prefix', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const written = String(identities.encode('invoice', key, 'token'))
        expect(written).toMatch(/^[0-9A-Za-z]{12}$/)
        expect(identities.encode('invoice', key, 'prefixed', 'inv_')).toBe(`inv_${written}`)
      }),
    )
  })

  it('of another kind decodes at most once in ten thousand times', () => {
    const strangers = Array.from({ length: 20_000 }, (_, key) => identities.encode('party', key, 'token'))
    expect(strangers.filter((value) => identities.decode('invoice', value, 'token') !== undefined).length).toBeLessThan(
      2,
    )
  })
})

describe('a whole number', () => {
  it('counts on from a small offset, so that a million fit 32 bits', () => {
    const first = Number(identities.encode('address', 0, 'integer'))
    expect(first).toBeGreaterThanOrEqual(1_000)
    expect(first).toBeLessThan(10_000)
    expect(identities.encode('address', 1_000_000, 'integer')).toBe(first + 1_000_000)
  })

  it('may come as text, as it does in a path', () => {
    expect(identities.decode('address', String(identities.encode('address', 5, 'integer')), 'integer')).toBe(5)
  })
})
