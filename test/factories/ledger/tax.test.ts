import { describe, expect, it } from 'vitest'
import { ledgerOf } from '../../../factories/index.ts'
import type { Entry } from '../../../factories/index.ts'
import { countries } from '../../../factories/ledger/countries.ts'
import { taxesIn } from '../../../factories/ledger/tax.ts'
import { parseDay } from '../../../spec/index.ts'

const today = parseDay('2026-01-15') as number
const size = 4_000

const drawn = new Map<string, readonly Entry[]>()
const invoicesOf = (seller: string, trade: 'technology' | 'food' = 'technology'): readonly Entry[] => {
  const ledger = ledgerOf({ seed: 42, invoices: size, today, seller, trade })
  const entries = drawn.get(seller + trade) ?? Array.from({ length: size }, (_, index) => ledger.entry(index))
  drawn.set(seller + trade, entries)
  return entries
}
const isGoods = ({ lines }: Entry): boolean => lines.every(({ productType }) => productType === 'goods')
const categories = (entries: readonly Entry[]): string[] => [
  ...new Set(entries.flatMap(({ taxes }) => taxes.map(({ category, rate }) => `${category} ${rate / 1000}`))),
]

describe('tax', () => {
  // The rows of the table in docs/realism.md.
  it.each<[seller: string, buyer: string, what: 'goods' | 'services', category: string]>([
    ['DE', 'FR', 'goods', 'K 0'],
    ['DE', 'FR', 'services', 'AE 0'],
    ['FR', 'NL', 'services', 'AE 0'],
    ['IE', 'DE', 'goods', 'K 0'],
    ['DE', 'US', 'goods', 'G 0'],
    ['DE', 'GB', 'services', 'O 0'],
    ['GB', 'DE', 'goods', 'G 0'],
    ['GB', 'US', 'services', 'O 0'],
    ['CH', 'DE', 'services', 'O 0'],
    ['JP', 'US', 'goods', 'G 0'],
    ['CA', 'US', 'services', 'O 0'],
    ['US', 'DE', 'goods', 'O 0'],
    ['US', 'CA', 'services', 'O 0'],
    ['KW', 'GB', 'services', 'O 0'],
  ])('of a seller in %s on what it sells to %s, %s, is %s', (seller, buyer, what, category) => {
    const entries = invoicesOf(seller).filter(
      (entry) => entry.buyer.country === buyer && isGoods(entry) === (what === 'goods'),
    )
    expect(entries.length).toBeGreaterThan(0)
    expect(categories(entries)).toEqual([category])
    for (const { tax, taxes } of entries) {
      expect(tax).toBe(0)
      expect(taxes.every(({ reason }) => reason !== undefined)).toBe(true)
    }
  })

  it.each([
    ['DE', ['S 19', 'S 7']],
    ['AT', ['S 20', 'S 10']],
    ['FR', ['S 20', 'S 5.5']],
    ['NL', ['S 21', 'S 9']],
    ['ES', ['S 21', 'S 4']],
    ['IT', ['S 22', 'S 4']],
    ['SE', ['S 25', 'S 6']],
    ['IE', ['S 23', 'Z 0']],
    ['GB', ['S 20', 'Z 0']],
    ['CH', ['S 8.1', 'S 2.6']],
    ['JP', ['S 10']],
    ['AU', ['S 10']],
  ])('at home in %s is %s, or nothing for who is exempt', (seller, rates) => {
    const home = invoicesOf(seller).filter(({ buyer }) => buyer.country === seller)
    expect(home.length).toBeGreaterThan(5)
    expect(categories(home).filter((category) => !['E 0', ...rates].includes(category))).toEqual([])
    expect(categories(home)).toContain(rates[0])
  })

  // German UStG Annex 2, Austrian UStG § 10, Swiss MWSTG Art. 25, French CGI Art. 278-0 bis, and the like.
  it.each([
    ['DE', 'S 7'],
    ['AT', 'S 10'],
    ['CH', 'S 2.6'],
    ['FR', 'S 5.5'],
    ['NL', 'S 9'],
    ['ES', 'S 4'],
    ['IT', 'S 4'],
    ['SE', 'S 12'],
    ['GB', 'Z 0'],
    ['IE', 'Z 0'],
    ['CA', 'Z 0'],
    ['AU', 'Z 0'],
    ['JP', 'S 8'],
  ])('of basic food in %s is %s', (seller, category) => {
    const home = invoicesOf(seller, 'food').filter(({ buyer }) => buyer.country === seller)
    const taxed = home.filter(({ taxes }) => taxes.every(({ category: one }) => one !== 'E'))
    const alone = taxed.filter(({ lines }) => lines.every(({ name }) => /loaf|Rolls|flour/.test(name)))
    expect(alone.length).toBeGreaterThan(0)
    for (const entry of alone) expect(categories([entry])).toEqual([category])
  })

  it('in the United States is collected in the seller’s own state and where it has nexus', () => {
    const home = invoicesOf('US').filter(({ buyer }) => buyer.country === 'US')
    const states = Map.groupBy(home, ({ buyer }) => buyer.address.region ?? '')
    const taxed = [...states].filter(([, entries]) => entries.some(({ tax }) => tax > 0))
    expect(taxed.length).toBeGreaterThan(2)
    expect(taxed.length).toBeLessThan(states.size)
    for (const [region, entries] of states)
      for (const { taxes } of entries)
        if (!taxed.some(([name]) => name === region))
          expect(taxes.map(({ reason }) => reason)[0]).toMatch(/^No nexus in|^Exempt|levies no sales tax/)
  })

  it.each(countries.map(({ code }) => code))(
    'is known to a seller in %s, whose currency and calendar the books have',
    (seller) => {
      const ledger = ledgerOf({ seed: 1, invoices: 30, today, seller })
      const { country, currency } = ledger.seller
      expect([country, currency]).toEqual([seller, countries.find(({ code }) => code === seller)?.currency])
      for (let index = 0; index < 30; index++)
        expect(ledger.book.calendar.isWorkingDay(ledger.entry(index).issueDate)).toBe(true)
    },
  )

  it('of a town is the town’s, in thousandths of a percent', () => {
    const [us, ca] = ['US', 'CA'].map((code) => countries.find((one) => one.code === code))
    const rateIn = (country: typeof us, town: string): number[] => {
      const found = country?.towns.find(({ name }) => name === town)
      if (!country || !found) return []
      const { standard, books } = taxesIn(country, found)
      return [standard.rate, books.rate]
    }
    expect(rateIn(us, 'New York')).toEqual([8_875, 8_875])
    expect(rateIn(us, 'Portland')).toEqual([0, 0])
    expect(rateIn(ca, 'Toronto')).toEqual([13_000, 5_000])
    expect(rateIn(ca, 'Calgary')).toEqual([5_000, 5_000])
  })

  it('refuses a country that is not in the ledger', () => {
    expect(() => ledgerOf({ today, seller: 'XX' })).toThrow('Failed to find a country')
  })
})
