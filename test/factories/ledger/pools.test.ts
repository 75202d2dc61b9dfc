import type { Faker } from '@faker-js/faker'
import { describe, expect, it } from 'vitest'
import { languages } from '../../../factories/ledger/languages.ts'
import type { LanguageCode } from '../../../factories/ledger/languages.ts'
import { fillPool, poolsOf } from '../../../factories/ledger/pools.ts'
import { foldAccents, slug } from '../../../factories/ledger/text.ts'

const codes = Object.keys(languages) as LanguageCode[]
const pools = poolsOf(5)

describe('pools of words', () => {
  it('are filled once and are the same for the same seed', () => {
    for (const code of codes) {
      expect(pools.words(code)).toBe(pools.words(code))
      expect(poolsOf(5).words(code)).toEqual(pools.words(code))
    }
    expect(poolsOf(6).words('en')).not.toEqual(pools.words('en'))
  })

  it.each(codes.filter((code) => languages[code].words))(
    'are those that all of Faker’s own locale would give in %s',
    async (code) => {
      const { faker } = (await import(`@faker-js/faker/locale/${code}`)) as { faker: Faker }
      const whole = { ...languages[code], words: () => faker.rawDefinitions }
      for (const seed of [1, 2, 3]) expect(fillPool(languages[code], seed)).toEqual(fillPool(whole, seed))
    },
  )

  it.each(codes)('have plenty of distinct names, stems and streets in %s', (code) => {
    const { givenNames, familyNames, stems, streets } = pools.words(code)
    for (const words of [givenNames, familyNames, stems])
      expect(new Set(words.map(({ latin }) => slug(latin))).size).toBe(words.length)
    expect(givenNames.length).toBeGreaterThanOrEqual(30)
    expect(familyNames.length).toBeGreaterThanOrEqual(20)
    expect(stems.length).toBeGreaterThan(250)
    expect(new Set(streets).size).toBe(streets.length)
    for (const { latin } of [...givenNames, ...familyNames, ...stems])
      expect(foldAccents(latin)).toMatch(/^[A-Za-z&'’. -]+$/)
  })
})

describe('names of companies in two languages', () => {
  it('never become the same host name: no trade is shared, and Kuwait’s English trades follow stems of its own', () => {
    const trades = codes
      .filter((code) => code !== 'ar')
      .flatMap((code) =>
        Object.values(languages[code].trades)
          .flat()
          .map((word) => slug(typeof word === 'string' ? word : word.latin)),
      )
    expect(trades.filter((trade, index) => trades.indexOf(trade) !== index)).toEqual([])
    expect(trades.some((trade) => trades.some((other) => other !== trade && other.endsWith(`-${trade}`)))).toBe(false)
    expect(pools.words('ar').stems.every(({ latin }) => latin.startsWith('Al-'))).toBe(true)
    expect(pools.words('en').stems.some(({ latin }) => latin.startsWith('Al-'))).toBe(false)
  })
})

describe('slugs', () => {
  it('are letters, digits and single hyphens', () => {
    expect(slug('Müller & Söhne’s Straße, 2. OG ')).toBe('muller-sohnes-strasse-2-og')
    expect(slug('Ærø Łódź Œuvre')).toBe('aero-lodz-oeuvre')
  })
})
