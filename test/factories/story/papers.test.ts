import { describe, expect, it } from 'vitest'
import { dateText } from '../../../factories/story/facts.ts'
import {
  certain,
  confidenceOf,
  disputeOf,
  disputeReason,
  filesOf,
  likely,
  linePeriodText,
  matchesOf,
  noteOf,
  pdfOf,
  privateNoteOf,
  remittanceText,
} from '../../../factories/story/papers.ts'
import { snippetOf } from '../../../factories/story/emails.ts'
import { tell } from '../../../factories/story/story.ts'
import { entryFixture, sampleEntries, staff } from './entry-fixture.ts'

const entries = sampleEntries(280)

describe('files', () => {
  it('are the e-mail, the PDF taken from it, and the image of that', () => {
    const entry = entryFixture({ key: 4, status: 'open' })
    expect(
      filesOf(entry).map(({ index, parent, kind, mediaType, name }) => [index, parent, kind, mediaType, name]),
    ).toEqual([
      [0, undefined, 'email', 'message/rfc822', 'Invoice NOR-10004 from Northwind-Systems-Inc.eml'],
      [1, 0, 'emailAttachment', 'application/pdf', 'Invoice-NOR-10004.pdf'],
      [2, 1, 'document', 'image/png', 'Invoice-NOR-10004.png'],
    ])
  })

  it('are larger the more is inside', () => {
    for (const entry of entries) {
      const [email, pdf, image] = filesOf(entry).map(({ size }) => size) as [number, number, number]
      expect(email).toBeGreaterThan((pdf * 4) / 3)
      expect(pdf).toBeGreaterThan(38_000)
      expect(image).toBeLessThan(1_000_000)
    }
  })

  it('have names that every file system takes', () => {
    const entry = { ...entryFixture({ key: 4, status: 'open' }), number: '../INV 2026/00:7*' }
    expect(pdfOf(entry).name).toBe('Invoice-INV-2026-00-7.pdf')
    expect(pdfOf({ ...entry, number: '///' }).name).toBe('Invoice-invoice.pdf')
  })

  it('are those of the captured e-mail', () => {
    const story = tell(entryFixture({ key: 4, status: 'open' }), staff)
    expect(story.capturedEmail.files).toEqual([story.files[1]])
  })
})

describe('matches', () => {
  it('put every line with a line of the invoice’s order', () => {
    for (const entry of entries) {
      const matches = matchesOf(entry)
      expect(matches.map(({ line }) => line)).toEqual(entry.lines.map(({ index }) => index))
      expect(new Set(matches.map(({ orderLine }) => orderLine)).size).toBe(matches.length)
      for (const { order, receipt, line, reason } of matches) {
        if (entry.purchaseOrder !== undefined) expect(order).toBe(entry.purchaseOrder)
        expect(receipt !== undefined).toBe(entry.lines[line]?.productType === 'goods')
        expect(reason).toMatch(/PO-\d+/)
      }
    }
  })

  it('give a reason that agrees with the confidence', () => {
    for (const { confidence, reason } of entries.flatMap(matchesOf)) {
      expect(Math.round(confidence * 100) / 100).toBe(confidence)
      expect(/Exact match|quantity and price agree|are the same/.test(reason), reason).toBe(confidence >= certain)
      expect(/^(Order number and|Likely match)/.test(reason), reason).toBe(confidence >= likely && confidence < certain)
      expect(/Weak match|differs: |no order|No order|for want/.test(reason), reason).toBe(confidence < likely)
    }
  })

  it('are unsure of the disputed line, for the reason of the dispute', () => {
    for (const entry of entries.filter(({ isDisputed }) => isDisputed)) {
      const dispute = disputeOf(entry)
      const match = matchesOf(entry).find(({ line }) => line === dispute?.line.index)
      expect(match?.confidence).toBeLessThan(likely)
      if (dispute?.kind !== 'order')
        expect(match?.reason).toContain(`${dispute?.billed} billed, ${dispute?.claimed} expected`)
    }
  })

  it('make a capture as sure as its least sure match', () => {
    for (const entry of entries)
      expect(tell(entry, staff).confidence).toBe(Math.min(...matchesOf(entry).map(({ confidence }) => confidence)))
    expect(confidenceOf([])).toBe(0)
  })
})

describe('remarks', () => {
  const usual = entryFixture({ key: 8, status: 'paid' })
  const entry = { ...usual, currency: 'USD', exponent: 2, buyer: { ...usual.buyer, locale: 'en-US' } }

  it('advise of a payment', () => {
    expect(
      remittanceText(entry, { index: 0, amount: 123_450, at: 1_773_446_400, method: 'ach', isPending: false }),
    ).toBe('$1,234.50 for invoice NOR-10008 by ACH transfer, payment date March 14, 2026.')
  })

  it('name the billed period', () => {
    expect(linePeriodText(entry)).toBe('January 2026')
    expect(linePeriodText({ ...entry, periodEnd: entry.periodEnd + 1 })).toBe('January 1, 2026 to February 1, 2026')
  })

  it('ask the buyer to pay by the due date', () => {
    for (const each of entries) expect(noteOf(each)).toContain(dateText(each.dueDate, each.buyer.locale))
  })

  it('tell the seller’s people where the invoice stands', () => {
    for (const each of entries) {
      const note = privateNoteOf(each)
      expect(note).toMatch(/\.$/)
      expect(note).not.toMatch(/undefined|NaN|\.\./)
      if (each.isDisputed) expect(note).toBe(`Disputed: ${disputeReason(each)}`)
      if (each.status === 'uncollectible') expect(note).toContain(each.number)
    }
  })

  it('dispute only what is disputed, and never more than was billed', () => {
    expect(disputeReason(entry)).toBeUndefined()
    for (const each of entries.filter(({ isDisputed }) => isDisputed))
      expect(disputeOf(each)?.line.net).toBeGreaterThan(0)
    const bare = { ...entryFixture({ key: 8, status: 'overdue', isDisputed: true }), lines: [] }
    expect(disputeReason(bare)).toBe('The buyer disputes the invoice as a whole.')
    const cheap = entryFixture({ key: 8, status: 'overdue', isDisputed: true })
    expect(
      disputeOf({ ...cheap, lines: cheap.lines.map((line) => ({ ...line, price: 1, quantity: 1000, net: 1 })) })?.kind,
    ).toBe('order')
  })

  it('shorten an e-mail to its first words', () => {
    expect(snippetOf('Dear Mara,\n\nAll is\nwell.')).toBe('All is well.')
    expect(snippetOf(`Dear Mara,\n\n${'word '.repeat(60)}`)).toMatch(/^(word )+word…$/)
    expect(snippetOf(`Dear Mara,\n\n${'word '.repeat(60)}`).length).toBeLessThanOrEqual(120)
  })
})
