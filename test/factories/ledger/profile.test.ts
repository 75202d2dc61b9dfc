import { describe, expect, it } from 'vitest'
import { countryOf } from '../../../factories/ledger/countries.ts'
import { sellerPlace, profileOf } from '../../../factories/ledger/customer.ts'
import { partyOf } from '../../../factories/ledger/party.ts'
import { poolsOf } from '../../../factories/ledger/pools.ts'
import { taxesIn } from '../../../factories/ledger/tax.ts'
import { mix2, Random } from '../../../factories/random.ts'

const pools = poolsOf('profiles')
const { key } = Random.of('profiles')
const german = sellerPlace(key, 'DE')
const profiles = Array.from({ length: 2_000 }, (_, customer) => profileOf(mix2(key, customer), german))

const share = (test: (profile: (typeof profiles)[number]) => boolean): number =>
  profiles.filter(test).length / profiles.length

describe('a customer’s profile', () => {
  it('agrees with the party of the same number', () => {
    for (const [customer, { country, currency, home }] of profiles.slice(0, 300).entries()) {
      expect(partyOf(pools, customer, home)).toMatchObject({
        country,
        currency,
        address: { city: home.town.name, region: home.town.region },
      })
    }
  })

  it('charges the taxes of the seller’s country at home, and says why none abroad', () => {
    for (const { home, taxes } of profiles) {
      if (taxes.standard.rate > 0) expect([home.country.code, taxes]).toEqual(['DE', taxesIn(home.country, home.town)])
      else expect(taxes.standard.reason).toBeTruthy()
    }
  })

  it('reverses the charge only in the European Union', () => {
    const reversed = profiles.filter(({ taxes }) => taxes.standard.category === 'AE')
    expect(reversed.length).toBeGreaterThan(50)
    expect(reversed.every(({ country }) => countryOf(country).isEu)).toBe(true)
  })

  it('pays by SEPA only in euros', () => {
    expect(profiles.filter(({ isSepa }) => isSepa).length).toBeGreaterThan(100)
    expect(profiles.filter(({ isSepa, currency }) => isSepa && currency !== 'EUR')).toEqual([])
  })

  it('looks like a receivables book: most on 30 days, nearly half on time, few bad', () => {
    expect(share(({ terms }) => terms === 30)).toBeGreaterThan(0.4)
    expect(share(({ lateness }) => lateness <= 2)).toBeCloseTo(0.46, 1)
    expect(share(({ risk }) => risk > 0.05)).toBeLessThan(0.1)
  })
})

describe('sales tax', () => {
  it('is that of the town, thousandths of a percent', () => {
    const us = countryOf('US')
    const town = (name: string): Parameters<typeof taxesIn>[1] =>
      us.towns.find((one) => one.name === name) as Parameters<typeof taxesIn>[1]
    expect(taxesIn(us, town('New York')).standard).toEqual({ category: 'S', rate: 8_875, name: 'Sales tax' })
    expect(taxesIn(us, town('Portland')).standard).toMatchObject({
      category: 'O',
      rate: 0,
      reason: 'OR levies no sales tax',
    })
  })
})
