// Lays an invoice out on the pages of a PDF.

import type { Entry } from '../../factories/index.ts'
import { formatDay } from '../../spec/index.ts'
import { pageSize, wrapped, writePdf } from './pdf.ts'
import type { PdfText } from './pdf.ts'
import { sheetOf } from './sheet.ts'
import type { InvoiceSheet } from './sheet.ts'

const [left, right, bottom] = [56, pageSize.width - 56, pageSize.height - 64]
/** Where the columns of figures end. */
const ends = { quantity: 330, price: 410, tax: 460, net: right } as const
const [small, usual] = [9, 10]

/** Returns an invoice as a PDF. @param size bytes that the API says it has */
export function invoicePdf(invoice: Entry, size?: number): Uint8Array<ArrayBuffer> {
  const sheet = sheetOf(invoice)
  const paper = new Paper()
  writeHead(paper, sheet)
  writeLines(paper, sheet)
  writeSums(paper, sheet)
  return writePdf({ title: sheet.title, day: formatDay(invoice.issueDate), pages: paper.pages, size })
}

/** Pages that are written from top to bottom. */
class Paper {
  readonly pages: PdfText[][] = [[]]
  y = 72

  /** Goes down by so many points, to the next page where there is no more room. */
  down(points: number): void {
    this.y += points
    if (this.y <= bottom) return
    this.pages.push([])
    this.y = 72
  }

  put(text: string, x: number, style: Partial<Pick<PdfText, 'size' | 'isBold' | 'isRight'>> = {}): void {
    this.pages.at(-1)?.push({ text, x, y: this.y, size: usual, ...style })
  }
}

function writeHead(paper: Paper, { title, status, seller, buyer, facts }: InvoiceSheet): void {
  paper.put(title, left, { size: 18, isBold: true })
  paper.put(status, right, { isRight: true })
  paper.down(34)
  const columns = [
    ['From', ...seller],
    ['To', ...buyer],
  ].map((texts) => texts.flatMap((text) => wrapped(text, small, 165)))
  const [from = [], to = []] = columns
  for (let row = 0; row < Math.max(from.length, to.length, facts.length); row++) {
    const [name, value] = facts[row] ?? []
    const style = { size: small, isBold: row === 0 }
    if (from[row] !== undefined) paper.put(from[row] as string, left, style)
    if (to[row] !== undefined) paper.put(to[row] as string, 232, style)
    if (name !== undefined && value !== undefined) {
      paper.put(name, 410, { size: small })
      paper.put(value, right, { size: small, isRight: true })
    }
    paper.down(13)
  }
  paper.down(20)
}

function writeLines(paper: Paper, { lines }: InvoiceSheet): void {
  const figures = Object.keys(ends) as (keyof typeof ends)[]
  const titles = { quantity: 'Quantity', price: 'Price', tax: 'Tax', net: 'Amount' }
  paper.put('Item', left, { isBold: true, size: small })
  for (const name of figures) paper.put(titles[name], ends[name], { isBold: true, isRight: true, size: small })
  paper.down(16)
  for (const line of lines) {
    const [first = '', ...rest] = wrapped(line.name, usual, 220)
    paper.put(first, left)
    for (const name of figures) paper.put(line[name], ends[name], { isRight: true })
    for (const text of rest) {
      paper.down(13)
      paper.put(text, left)
    }
    paper.down(16)
  }
  paper.down(12)
}

function writeSums(paper: Paper, { sums, payments, note }: InvoiceSheet): void {
  for (const [name, value] of sums) {
    const isBold = /^(?:Total|Due) /.test(name)
    paper.put(name, 360, { isBold })
    paper.put(value, right, { isRight: true, isBold })
    paper.down(15)
  }
  if (payments.length > 0) {
    paper.down(12)
    paper.put('Payments', left, { isBold: true, size: small })
    paper.down(14)
  }
  for (const [name, value] of payments) {
    paper.put(name, left, { size: small })
    paper.put(value, ends.quantity, { size: small, isRight: true })
    paper.down(13)
  }
  if (note === '') return
  paper.down(12)
  for (const text of wrapped(note, small, right - left)) {
    paper.put(text, left, { size: small })
    paper.down(13)
  }
}
