import { describe, expect, it } from 'vitest'
import { causesOf, violationCount } from '../../contracts/causes.ts'
import type { ReportedViolation } from '../../contracts/index.ts'

const place = (line: number) => ({ file: 'api.yaml', line, column: 5 })

/** A finding about invoice `index` of a list. */
const finding = (code: string, index: number, more: Partial<ReportedViolation> = {}): ReportedViolation => ({
  code,
  says: code,
  severity: 'error',
  pointer: `/data/${index}/${code}`,
  invoice: `/data/${index}`,
  expected: String(index),
  received: 'x',
  operation: 'listInvoices',
  request: 'GET /invoices',
  replay: 'curl /invoices',
  place: place(10),
  ...more,
})

const told = (findings: readonly ReportedViolation[]): unknown =>
  causesOf(findings).map(({ first, count, operations, consequences }) => [
    first.code,
    count,
    operations,
    consequences.map((cause) => [cause.first.code, cause.count]),
  ])

describe('findings', () => {
  it('of one rule at one place of the document have one cause, in whatever answer', () => {
    const findings = [
      finding('BR-CO-15', 0),
      finding('BR-CO-15', 7),
      finding('BR-CO-15', 0, {
        operation: 'getInvoice',
        request: 'GET /invoices/1',
        pointer: '/BR-CO-15',
        invoice: '',
      }),
    ]
    expect(told(findings)).toEqual([['BR-CO-15', 3, ['listInvoices', 'getInvoice'], []]])
    expect(violationCount(3, findings)).toBe('3 violations of 1 cause')
  })

  it('at two places, of two values that a schema asks for, or of two parameters have causes of their own', () => {
    const findings = [
      finding('OAS-SCHEMA', 0, { expected: 'string' }),
      finding('OAS-SCHEMA', 0, { expected: 'a required value' }),
      finding('OAS-SCHEMA', 0, { expected: 'string', place: place(11) }),
      finding('OAS-SCHEMA', 0, { expected: 'string', pointer: '/data/0/other' }),
      finding('PF-REFUSE', 0, { parameter: 'page', pointer: '' }),
      finding('PF-REFUSE', 0, { parameter: 'limit', pointer: '' }),
    ]
    expect(causesOf(findings)).toHaveLength(6)
    expect(violationCount(6, findings)).toBe('6 violations')
  })

  it('of every operation that lets anybody in have one cause', () => {
    const open = { pointer: '', expected: '401' }
    const findings = ['a', 'b', 'c'].map((operation) => finding('PF-AUTH', 0, { ...open, operation, place: place(1) }))
    expect(told(findings)).toEqual([['PF-AUTH', 3, ['a', 'b', 'c'], []]])
  })

  it('that a broken amount brings with it stand below it', () => {
    const findings = [
      finding('BR-CO-16', 3, { place: place(12) }),
      finding('PF-STATUS', 3, { place: place(13) }),
      finding('BR-CO-15', 3, { place: place(11) }),
      finding('BR-CO-15', 4, { place: place(11) }),
    ]
    expect(told(findings)).toEqual([
      [
        'BR-CO-15',
        2,
        ['listInvoices'],
        [
          ['BR-CO-16', 1],
          ['PF-STATUS', 1],
        ],
      ],
    ])
  })

  it('stand for themselves where one of them is about an invoice that is otherwise in order', () => {
    const findings = [
      finding('BR-CO-15', 3, { place: place(11) }),
      finding('PF-STATUS', 3, { place: place(13) }),
      finding('PF-STATUS', 5, { place: place(13) }),
    ]
    expect(told(findings)).toEqual([
      ['BR-CO-15', 1, ['listInvoices'], []],
      ['PF-STATUS', 2, ['listInvoices'], []],
    ])
  })

  it('of a law that reads nothing of what another found wrong do not follow from it', () => {
    const findings = [
      finding('PF-LINE', 3, { place: place(11) }),
      finding('PF-DATES', 3, { place: place(12) }),
      finding('BR-DEC', 3, { place: place(13) }),
      finding('PF-KEYS', 3, { place: place(14) }),
    ]
    expect(told(findings)).toEqual([
      ['PF-DATES', 1, ['listInvoices'], []],
      ['BR-DEC', 1, ['listInvoices'], [['PF-LINE', 1]]],
      ['PF-KEYS', 1, ['listInvoices'], []],
    ])
  })
})
