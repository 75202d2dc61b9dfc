import { describe, expect, it } from 'vitest'
import { countryOf } from '../../../factories/ledger/countries.ts'
import type { Party } from '../../../factories/ledger/entry.ts'
import { partyOf, sellerOf } from '../../../factories/ledger/party.ts'
import { isFictional } from '../../../factories/ledger/address.ts'
import { poolsOf } from '../../../factories/ledger/pools.ts'
import { foldAccents, mailName } from '../../../factories/ledger/text.ts'

const pools = poolsOf('parties')
const customers = Array.from({ length: 500 }, (_, key) => partyOf(pools, key))
const seller = sellerOf(pools)
const everybody = [seller, ...customers]
const people = everybody.flatMap((party) => party.people)

const repeated = (values: readonly (string | number)[]): (string | number)[] =>
  values.filter((value, index) => values.indexOf(value) !== index)

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

describe('nobody real can be reached', () => {
  it('through an address of the Internet: every one is on a domain reserved by RFC 2606', () => {
    for (const text of strings(everybody)) {
      for (const [host] of text.matchAll(/(?<=@|:\/\/)[^/\s]+/g)) expect(host).toMatch(/^[a-z0-9.-]+\.example$/)
      expect(text).not.toMatch(/[a-z]\.(?:com|net|org|io|eu|de|at|ch|fr|nl|es|it|se|jp|au|uk|ie|ca|kw)(?![\w.@-])/)
    }
  })

  it('by telephone: every number is of a range kept free for fiction', () => {
    const numbers = strings(everybody).filter((text) => text.startsWith('+'))
    expect(numbers.length).toBeGreaterThan(2_000)
    expect(numbers.filter((number) => !isFictional(number))).toEqual([])
  })

  it('and a number of a range in use is told from those', () => {
    for (const number of [
      '+1 212 555 0200',
      '+1 212 556 0142',
      '+44 20 7946 1000',
      '+49 30 23126 000',
      '+33 1 99 01 00 00',
      '+46 8 465 005 00',
      '+61 2 5551 0000',
      '212 555 0142',
    ]) {
      expect(isFictional(number), number).toBe(false)
    }
  })
})

describe('a party', () => {
  it('is the same for the same seed and number, whatever was asked before', () => {
    const other = poolsOf('parties')
    expect([499, 0, 250].map((key) => partyOf(other, key))).toEqual([customers[499], customers[0], customers[250]])
    expect(sellerOf(other)).toEqual(seller)
    expect(partyOf(poolsOf('others'), 0)).not.toEqual(customers[0])
  })

  it('has a name, a legal name, a domain, an e-mail address, a tax number and a bank account of its own', () => {
    for (const field of ['name', 'legalName', 'domain', 'email', 'taxId', 'iban'] as const) {
      expect(repeated(everybody.map((party) => party[field])), field).toEqual([])
    }
  })

  it('keeps its name to itself among 30,000 customers', () => {
    const [names, domains] = [new Set<string>(), new Set<string>()]
    for (let key = 0; key < 30_000; key++) {
      const { name, domain } = partyOf(pools, key)
      names.add(name)
      domains.add(domain)
    }
    expect(names.size).toBe(30_000)
    expect(domains.size).toBe(30_000)
  })

  it('has a domain made from its name, and web and e-mail addresses on it', () => {
    for (const { name, domain, website, email, people: staff } of everybody) {
      expect(domain).toBe(
        `${foldAccents(name)
          .toLowerCase()
          .replaceAll(/['.]/g, '')
          .replaceAll(/[^a-z0-9]+/g, '-')}.example`,
      )
      expect(website).toBe(`https://www.${domain}`)
      for (const address of [email, ...staff.map((person) => person.email)])
        expect(address).toMatch(new RegExp(`^[a-z0-9.-]+@${domain.replaceAll('.', '\\.')}$`))
    }
  })

  it('agrees with its country in currency, locale, time zone, town and post code', () => {
    for (const party of everybody) {
      const country = countryOf(party.country)
      const town = country.towns.find(
        ({ name, region }) => name === party.address.city && region === party.address.region,
      )
      expect(party.currency).toBe(country.currency)
      expect(party.locale).toBe(country.locale)
      expect(party.timezone).toBe(town?.timezone ?? country.timezones[0])
      expect(party.address.countryName).toBe(country.name)
      expect(Math.abs(party.address.latitude - (town?.latitude ?? 999))).toBeLessThan(0.03)
      expect(Math.abs(party.address.longitude - (town?.longitude ?? 999))).toBeLessThan(0.03)
      expect(party.address.postalCode).toMatch(
        new RegExp(`^${town?.postalCode.replaceAll('#', '\\d').replaceAll('@', '[1-9]').replaceAll('?', '[A-Z]')}$`),
      )
      expect(party.phone.slice(0, 6)).toBe(town?.phone.slice(0, 6))
    }
  })

  it('tells the same in industry, description, age and town', () => {
    for (const { description, address, founded, employees } of everybody) {
      expect(description).toContain(`in ${address.city} since ${founded}.`)
      expect(founded).toBeGreaterThan(1918)
      expect(founded).toBeLessThan(2020)
      expect(employees).toBeGreaterThan(2)
    }
  })

  it('ships home or to a town of the same country', () => {
    const away = customers.filter(({ address, shippingAddress }) => shippingAddress.line1 !== address.line1)
    expect(away.length).toBeGreaterThan(100)
    expect(away.length).toBeLessThan(250)
    for (const { country, shippingAddress } of customers)
      expect(shippingAddress).toMatchObject({ country, kind: 'shipping' })
  })

  it('writes streets and numbers in its country’s order', () => {
    const firstIn = (code: string): string => (customers.find(({ country }) => country === code) as Party).address.line1
    for (const code of ['US', 'GB', 'FR', 'CA']) expect(firstIn(code)).toMatch(/^\d+ /)
    for (const code of ['DE', 'NL', 'SE', 'IT']) expect(firstIn(code)).toMatch(/ \d+a?$/)
  })

  it('lives in one of the countries of the wanted currencies', () => {
    const euros = poolsOf(1, ['EUR'])
    const seen = new Set(
      Array.from({ length: 200 }, (_, key) => partyOf(euros, key)).map(
        ({ country, currency }) => `${country} ${currency}`,
      ),
    )
    expect([...seen].toSorted()).toEqual(['AT EUR', 'DE EUR', 'ES EUR', 'FR EUR', 'IE EUR', 'IT EUR', 'NL EUR'])
  })

  it('is billed in a wanted currency that no country here has', () => {
    const mixed = poolsOf(1, ['USD', 'BRL'])
    const currencies = Array.from({ length: 100 }, (_, key) => partyOf(mixed, key).currency)
    expect(new Set(currencies)).toEqual(new Set(['USD', 'BRL']))
  })
})

describe('people', () => {
  it('have e-mail addresses made from their names', () => {
    for (const { givenName, familyName, email } of people.filter(({ name }) => !/\p{Script=Han}/u.test(name))) {
      expect(email.split('@')[0]).toBe(`${mailName(givenName)}.${mailName(familyName)}`)
      expect(email).toMatch(/^[a-z0-9-]+\.[a-z0-9-]+@/)
    }
  })

  it('are one to four to a customer, the first of them primary', () => {
    expect(new Set(customers.map(({ people: staff }) => staff.length))).toEqual(new Set([1, 2, 3, 4]))
    for (const { people: staff } of everybody)
      expect(staff.map(({ isPrimary }) => isPrimary)).toEqual(staff.map((_, index) => index === 0))
  })

  it('have keys and addresses of their own', () => {
    expect(repeated(people.map(({ key }) => key))).toEqual([])
    expect(repeated(people.map(({ email }) => email))).toEqual([])
    expect(repeated(everybody.flatMap(({ address, shippingAddress }) => [address.key, shippingAddress.key]))).toEqual(
      [],
    )
  })

  it('put the family name first where that is the custom', () => {
    const japanese = customers.filter(({ country }) => country === 'JP').flatMap((party) => party.people)
    expect(japanese.length).toBeGreaterThan(5)
    for (const { name, givenName, familyName } of japanese) expect(name).toBe(`${familyName} ${givenName}`)
  })
})

describe('the seller', () => {
  it('is number −1, lives in the United States and has four to six people', () => {
    expect(seller).toMatchObject({ key: -1, country: 'US', currency: 'USD', address: { kind: 'seller' } })
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { length } = sellerOf(poolsOf(seed)).people
      expect(length).toBeGreaterThanOrEqual(4)
      expect(length).toBeLessThanOrEqual(6)
    }
  })

  it('lives where it is told to, if there is such a country', () => {
    expect(sellerOf(pools, 'JP')).toMatchObject({ country: 'JP', currency: 'JPY' })
    expect(() => sellerOf(pools, 'XX')).toThrow(
      'Failed to find a country: expected a country of the ledger but received "XX".',
    )
  })
})
