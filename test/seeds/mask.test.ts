import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { conformance } from '../../contracts/index.ts'
import { ledgerOf } from '../../factories/index.ts'
import { exportMasker, invoicesOf, isKept } from '../../seeds/index.ts'
import type { MaskOptions } from '../../seeds/index.ts'
import { invoicePointer } from '../../seeds/api.ts'
import { permute } from '../../seeds/mask/permute.ts'
import { parseExact } from '../../seeds/mask/mask.ts'
import { apiNames, builtIn, readByRole } from '../../spec/index.ts'

const key = createHash('sha256').update('a key').digest()
const masked = (value: unknown, options: Partial<MaskOptions> = {}): unknown =>
  exportMasker({ key, ...options }).mask(value)

const people =
  'Anneliese Oberhuber|Zbigniew Wasilewski|Oluwaseun Adeyemi|Marguerite Delacroix|Þórdís Kjartansdóttir|Xiulan Ouyang|Ferruccio Benvenuti|Håkon Sørensen|Siobhán Ó Faoláin|Devraj Chatterjee'.split(
    '|',
  )
const companies =
  'Oberhuber Metallbau GmbH|Wasilewski Transport Sp. z o.o.|Adeyemi Foods Ltd|Delacroix Vignobles SARL|Kjartan Fisheries ehf|Ouyang Precision Co|Benvenuti Marmi Srl|Sørensen Rederi AS|Ó Faoláin Dairies PLC|Chatterjee Textiles Pvt'.split(
    '|',
  )

/** Facts of somebody by where they stand, twenty kinds of each of ten people. */
function record(index: number): { readonly value: object; readonly facts: readonly string[] } {
  const [person, company] = [people[index] as string, companies[index] as string]
  const [given = '', family = ''] = [person.split(' ')[0], person.split(' ').at(-1)]
  const digits = String(7_301_482_951 + index * 81_237_123)
  const facts = {
    person,
    company,
    email: `${family
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z]/g, '')}@wonderwerk${index}.de`,
    phone: `+49 89 ${digits.slice(0, 8)}`,
    local: `(089) ${digits.slice(2, 9)}`,
    iban: `DE89${digits}${digits.slice(0, 8)}`,
    vat: `DE${digits.slice(0, 9)}`,
    street: `Rosenheimerstrasse ${100 + index}b`,
    city: `Unterhaching-${'abcdefghij'[index]}ordost`,
    zip: `8${digits.slice(1, 5)}`,
    number: `RG-${digits.slice(3)}`,
    order: `4500${digits.slice(4)}`,
    id: `cus_K${digits}x`,
    web: `https://www.wonderwerk${index}.de/${family.toLowerCase()}`,
    host: `kundenportal${index}.wonderwerk.de`,
    birth: `196${index}-04-1${index}`,
    secret: `sk_live_${digits}abcdef`,
    article: `Zirkonium turbine ${index}b for ${family}`,
    odd: `Projekt Nachtfalke-${index}`,
    custom: `Kostenstelle ${digits.slice(0, 6)}`,
  }
  const value = {
    id: facts.id,
    number: facts.number,
    po_number: facts.order,
    total: 119,
    date: '2026-01-15',
    customer: {
      id: facts.id,
      name: company,
      vat_id: facts.vat,
      website: facts.web,
      email: facts.email,
      phone: facts.phone,
      address: { line1: facts.street, city: facts.city, postal_code: facts.zip, country: 'DE' },
      contacts: [{ first_name: given, last_name: family, mobile: facts.local, date_of_birth: facts.birth }],
    },
    bank: { iban: facts.iban },
    created_by: person,
    lines: [{ description: facts.article, amount: 100 }],
    memo: `${person} of ${company} called from ${facts.phone}; pay to ${facts.iban}. ${facts.odd}`,
    apiSecret: facts.secret,
    custom_fields: {
      cf_project: facts.odd,
      [person]: 1,
      [facts.email]: { [facts.iban]: true },
      list: [facts.custom, facts.host],
    },
    tags: [facts.host, `for ${given}`],
    externalNo: Number(digits),
    status: facts.odd,
    currency: facts.custom,
  }
  return { value, facts: [...Object.values(facts), given, family, digits] }
}

describe('a masked export', () => {
  it('holds none of two hundred facts of people, wherever they stood', () => {
    const records = people.map((_, index) => record(index))
    const text = records
      .map(({ value }) => JSON.stringify(masked(value)))
      .join('\n')
      .toLowerCase()
    const facts = records.flatMap(({ facts: some }) => some)
    expect(facts.length).toBeGreaterThanOrEqual(200)
    expect(facts.filter((fact) => text.includes(fact.toLowerCase()))).toEqual([])
    expect(text).toContain('"total":119,"date":"2026-01-15"')
  })

  it('has nothing of text or number that is not listed as kept, whatever it is called', () => {
    const masker = exportMasker({ key })
    const { value } = record(3)
    const made = leaves(masker.mask(value))
    const kept = new Set(
      masker
        .places()
        .filter(({ kind }) => kind !== 'flag' && isKept(kind as never))
        .map(({ place }) => place),
    )
    const stayed = leaves(value).filter(([place, leaf], at) => leaf === made[at]?.[1] && !kept.has(place))
    expect(stayed).toEqual([])
    expect([...kept].toSorted()).toEqual(['customer.address.country', 'date', 'lines[].amount', 'total'])
    expect(
      masker
        .places()
        .filter(({ kind }) => kind === 'unknown')
        .map(({ place }) => place),
    ).toEqual(expect.arrayContaining(['custom_fields.cf_project', 'status', 'tags[]']))
  })

  it('replaces the same by the same, in all files of one key, and otherwise under another', () => {
    const one = masked({ customer: { id: 'cus_1a', name: 'Acme GmbH' } })
    const other = masked({ buyer: { ref: 'cus_1a', company_name: 'ACME  gmbh' } })
    expect(Object.values((other as { buyer: object }).buyer)).toEqual(
      Object.values((one as { customer: object }).customer),
    )
    const elsewhere = masked({ customer: { id: 'cus_1a', name: 'Acme GmbH' } }, { key: Buffer.alloc(32) })
    expect(elsewhere).not.toEqual(one)
  })

  it('keeps keys apart: as many identities come out as went in, of the same form', () => {
    const all = (make: (index: number) => string, count: number): string[] =>
      Array.from({ length: count }, (_, index) => permute(key, make(index)))
    expect(new Set(all((index) => String(1000 + index), 9000)).size).toBe(9000)
    expect(all((index) => String(1000 + index), 9000).every((id) => /^[1-9]\d{3}$/.test(id))).toBe(true)
    expect(
      new Set(all((index) => `inv_${String.fromCodePoint(97 + (index % 26))}${Math.floor(index / 26)}`, 260)).size,
    ).toBe(260)
    expect(permute(key, '0190a6c2-7f1e-7cc4-9a51-0c6d3b1f2a77')).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-9[\da-f]{3}-[\da-f]{12}$/,
    )
  })

  it('writes numbers again as they came', () => {
    const text = '{"total":1080.00,"rate":1e2,"amount":123456789012345678.25}'
    expect(JSON.stringify(masked(parseExact(text)))).toBe(text)
    const id = JSON.stringify(masked(parseExact('{"id":12345678901234567890}')))
    expect(id).toMatch(/^\{"id":[1-9]\d{19}\}$/)
    expect(id).not.toContain('12345678901234567890')
  })

  it('leaves as it is what somebody has looked at', () => {
    const value = { tier: 'platinum', lines: [{ grade: 'B7x' }] }
    expect(masked(value)).not.toMatchObject({ tier: 'platinum' })
    const masker = exportMasker({ key, keep: new Set(['tier', 'lines[].grade']) })
    expect(masker.mask(value)).toEqual(value)
    expect(masker.places().map(({ kind }) => kind)).toEqual(['stated', 'stated'])
  })

  it.for(apiNames)('of %s fits its document and keeps amounts and dates, by roles', (name) => {
    const model = builtIn(name)
    const pointer = invoicePointer(model)
    const { fits } = conformance(model)
    const masker = exportMasker({ key, model })
    const ledger = ledgerOf({ seed: 5, invoices: 12, today: 20_468 })
    const figures = (value: unknown): unknown[] =>
      [...readByRole(model.shape(pointer), value).within()].flatMap(({ occurrences }) =>
        occurrences.flatMap(({ binding: { role, term }, raw }) =>
          ['amount', 'date', 'instant', 'code'].includes(term.kind) ? [[role, raw]] : [],
        ),
      )
    for (const text of invoicesOf(model, ledger)) {
      const before = JSON.parse(text) as unknown
      const after = JSON.parse(JSON.stringify(masker.mask(before))) as unknown
      expect(figures(after)).toEqual(figures(before))
      expect(fits(pointer, after)).toBe(true)
      for (const { name: party } of Array.from({ length: 5 }, (_, index) => ledger.party(index)))
        expect(JSON.stringify(after)).not.toContain(party)
    }
  })
})

/** Returns the values of a tree by their places. */
function leaves(value: unknown, place = ''): (readonly [place: string, leaf: unknown])[] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, `${place}[]`))
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' || typeof value === 'number' ? [[place, value]] : []
  return Object.entries(value).flatMap(([name, item]) => leaves(item, place === '' ? name : `${place}.${name}`))
}
