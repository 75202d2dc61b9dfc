import { describe, expect, it } from 'vitest'
import { judge } from '../../../contracts/index.ts'
import { answersOf, factoryOf, ledgerOf, present, presentationOf } from '../../../factories/index.ts'
import type { Entry, Mix } from '../../../factories/index.ts'
import { apiNames, builtIn, isJson, parseDay, successOf } from '../../../spec/index.ts'
import { lawsHeld } from '../../support/laws-held.ts'

const today = parseDay('2026-01-15') as number
const size = 3_000

const entriesOf = (mix?: Mix): Entry[] => {
  const ledger = ledgerOf({ seed: 42, invoices: size, today, mix })
  return Array.from({ length: size }, (_, index) => ledger.entry(index))
}
const share = (entries: readonly Entry[], test: (entry: Entry) => boolean): number =>
  (entries.filter(test).length / entries.length) * 100

describe('a mix of invoices', () => {
  it.each<[keyof Mix, (entry: Entry) => boolean]>([
    ['draft', ({ status }) => status === 'draft'],
    ['overdue', ({ status, paid }) => status === 'overdue' && paid === 0],
    ['partial', ({ paid, due }) => paid > 0 && due > 0],
    ['disputed', ({ isDisputed }) => isDisputed],
    ['void', ({ status }) => status === 'void'],
    ['uncollectible', ({ status }) => status === 'uncollectible'],
    ['credit', ({ total }) => total < 0],
  ])('has as many %s invoices as it is to have', (kind, test) => {
    const [none, many] = [share(entriesOf({ [kind]: 0 }), test), share(entriesOf({ [kind]: 30 }), test)]
    expect(many - none).toBeGreaterThan(23)
    expect(many - none).toBeLessThan(34)
  })

  it('leaves none open where all are paid', () => {
    const old = entriesOf({ paid: 100 }).filter(({ dueDate, total }) => total > 0 && dueDate < today - 20)
    expect(old.every(({ status }) => status === 'paid')).toBe(true)
  })

  it('makes up to a hundred percent', () => {
    expect(() => entriesOf({ overdue: 60, draft: 50 })).toThrow(
      'Failed to open the ledger: expected shares of invoices that make up to 100 percent but received 110 percent',
    )
  })

  it('has something of everything by itself', () => {
    const ledger = ledgerOf({ seed: 42, invoices: 250, today })
    const entries = Array.from({ length: 250 }, (_, index) => ledger.entry(index))
    const count = (test: (entry: Entry) => boolean): number => entries.filter(test).length
    for (const status of ['draft', 'open', 'overdue', 'paid', 'void', 'uncollectible'] as const)
      expect(
        count((entry) => entry.status === status),
        status,
      ).toBeGreaterThan(0)
    expect(count(({ status }) => status === 'overdue')).toBeGreaterThan(7)
    expect(count(({ isDisputed }) => isDisputed)).toBeGreaterThan(0)
    expect(count(({ total }) => total < 0)).toBeGreaterThan(2)
  })
})

describe('a credit note', () => {
  const entries = entriesOf()
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]))
  const notes = entries.filter(({ total }) => total < 0)

  it('takes back an invoice before it, or its first line, from the same customer', () => {
    expect(notes.length).toBeGreaterThan(50)
    for (const { note, buyer, currency, lines, issueDate } of notes) {
      const credited = byNumber.get(/^Credit note for invoice (\S+)\.$/.exec(note ?? '')?.[1] ?? '')
      expect(credited).toBeDefined()
      expect(credited?.issueDate).toBeLessThanOrEqual(issueDate)
      expect([buyer.key, currency]).toEqual([credited?.buyer.key, credited?.currency])
      expect(lines.map(({ product, net }) => [product, -net])).toEqual(
        credited?.lines.slice(0, lines.length).map(({ product, net }) => [product, net]),
      )
      for (const { quantity, price } of lines) expect([quantity < 0, price > 0]).toEqual([true, true])
    }
  })

  it('is paid back within weeks, and never reminded of', () => {
    for (const { status, total, paid, payments } of notes) {
      expect(['draft', 'open', 'processing', 'paid']).toContain(status)
      if (status === 'paid') expect([paid, payments.map(({ amount }) => amount)]).toEqual([total, [total]])
    }
  })

  it.each(apiNames)('holds every law in %s', (name) => {
    const model = builtIn(name)
    const ledger = ledgerOf({ seed: 42, invoices: size, today })
    const get = model.operations.find(({ does }) => does === 'get')
    const schema = (get && successOf(get)?.content.find(({ mediaType }) => isJson(mediaType))?.schema) as string
    const [answers, presentation] = [answersOf(model, ledger), presentationOf(model)]
    for (const entry of notes.slice(0, 30))
      expect(
        lawsHeld(judge(model, schema, answers.build(schema, { invoice: present(entry, presentation) }), { today })),
      ).toContain('PF-DATES')
  })

  it('comes from a factory, too', () => {
    const invoices = factoryOf<{ readonly sub_total: number }>(builtIn('truto'), {
      seed: 42,
      invoices: 300,
      today,
      mix: { credit: 50 },
    })
    expect(invoices.buildList(300).filter(({ sub_total: net }) => net < 0).length).toBeGreaterThan(100)
  })
})
