import { describe, expect, it } from 'vitest'
import { check, shortOf } from '../../contracts/index.ts'
import type { CheckOptions, Covered, Report } from '../../contracts/index.ts'
import { parseDay } from '../../spec/index.ts'
import { createModel } from './support/books.ts'
import { createServer } from './support/server.ts'

const options: CheckOptions = {
  baseUrl: 'http://127.0.0.1:4010/api',
  headers: { Authorization: 'Bearer top-secret' },
  today: parseDay('2026-03-01'),
  limit: 2,
}
const run = (more: Partial<CheckOptions> = {}): Promise<Report> =>
  check(createModel('minor'), createServer('minor'), { ...options, ...more })
const figures = (coverage: readonly Covered[]): unknown[] =>
  coverage.map(({ kind, covered, of, percent, missing }) => [kind, covered, of, percent, missing])

describe('coverage', () => {
  it('counts what was exercised of each kind, and names what was not', async () => {
    const { coverage } = await run()
    expect(figures(coverage)).toEqual([
      ['operations', 2, 4, 50, ['createInvoice', 'deleteInvoice']],
      ['parameters', 7, 8, 87.5, ['deleteInvoice id']],
      [
        'statuses',
        6,
        16,
        37.5,
        [
          'listInvoices 404',
          'createInvoice 201',
          'createInvoice 400',
          'createInvoice 401',
          'createInvoice 404',
          'getInvoice 400',
          'deleteInvoice 204',
          'deleteInvoice 400',
          'deleteInvoice 401',
          'deleteInvoice 404',
        ],
      ],
      ['fields', 60, 60, 100, []],
      ['words', 0, 0, 100, []],
      ['laws', 22, 22, 100, []],
    ])
  })

  it('grows with what a check may do', async () => {
    const { coverage } = await run({ writes: true })
    expect(coverage.find(({ kind }) => kind === 'operations')).toEqual({
      kind: 'operations',
      covered: 4,
      of: 4,
      percent: 100,
      missing: [],
    })
  })

  it('never counts what no answer came to', async () => {
    const fetch = createServer('minor')
    let calls = 0
    const { coverage } = await check(
      createModel('minor'),
      (request) => (++calls > 1 ? Promise.reject(new Error('gone')) : fetch(request)),
      options,
    )
    expect(coverage.find(({ kind }) => kind === 'operations')?.missing).toEqual([
      'createInvoice',
      'getInvoice',
      'deleteInvoice',
    ])
  })
})

describe('a least coverage', () => {
  const coverage: Covered[] = [
    { kind: 'operations', covered: 2, of: 3, percent: 66.6, missing: ['x'] },
    { kind: 'fields', covered: 8, of: 10, percent: 80, missing: [] },
    { kind: 'words', covered: 0, of: 0, percent: 100, missing: [] },
  ]

  it('is met by as much and more', () => {
    expect(shortOf(coverage, { fields: 80, operations: 66, words: 100 })).toEqual([])
  })

  it('says what falls short and by how much', () => {
    expect(shortOf(coverage, { operations: 100, fields: 80.1 })).toEqual([
      'Coverage of operations is 66.6 % (2 of 3): expected at least 100 %.',
      'Coverage of fields is 80 % (8 of 10): expected at least 80.1 %.',
    ])
  })
})
