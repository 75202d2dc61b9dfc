import type { ReportedViolation, Report } from '../../../contracts/index.ts'

const hostile = `</script><img src=x onerror="alert('1')">`

/** A finding whose texts try to be markup, commands and line ends. */
export const finding: ReportedViolation = {
  code: 'BR-CO-15',
  says: 'total = subtotal + tax',
  severity: 'error',
  pointer: '/data/0/total_amount',
  expected: '12100 (10000 + 2100)',
  received: '12099',
  place: { file: 'apis/my api.yaml', line: 120, column: 9 },
  operation: 'listInvoices',
  request: 'GET /v1/invoices?limit=25',
  status: 200,
  replay: "curl 'http://127.0.0.1:4010/v1/invoices?limit=25' -H 'authorization: ***'",
}

/** A report in which every list has something, and every text that a server can send is hostile. */
export const report: Report = {
  api: 'books',
  title: `Books ${hostile}`,
  baseUrl: 'http://127.0.0.1:4010',
  today: '2026-01-15',
  operations: [
    { id: 'listInvoices', method: 'GET', path: '/v1/invoices', requests: 2, violations: 3, statuses: { 200: 2 } },
    { id: 'syncInvoice', method: 'POST', path: '/v1/invoices/{id}/sync', requests: 0, violations: 0, statuses: {} },
  ],
  laws: [
    { code: 'BR-CO-15', says: 'total = subtotal + tax', applied: 50, violations: 2 },
    { code: 'PF-IDS', says: 'ids are unique within their list', applied: 0, violations: 0 },
  ],
  violations: [
    {
      ...finding,
      code: 'PF-SORT',
      says: 'a list is in the order asked for',
      severity: 'warning',
      received: 'x, y: 100 %\r\n::error::gotcha\u202e | `code`',
      pointer: '',
    },
    finding,
    { ...finding, pointer: '/data/7/total_amount', received: '1' },
    {
      code: 'OAS-SCHEMA',
      says: 'the body has the form its schema documents',
      severity: 'error',
      pointer: `/data/0/${hostile}`,
      expected: 'string',
      received: hostile,
      operation: 'listInvoices',
      request: `GET /v1/invoices?q=${hostile}`,
      replay: `curl '${hostile}'`,
    },
  ],
  skipped: [{ what: 'syncInvoice', reason: 'it changes something: allow that with "writes"' }],
  drift: [
    {
      kind: 'unknown-field',
      schema: '/components/schemas/Invoice',
      says: `"${hostile}" is not documented`,
      count: 3,
      of: 50,
      example: { request: 'GET /v1/invoices', pointer: `/0/${hostile}` },
      place: { file: 'apis/my api.yaml', line: 7, column: 1 },
    },
    {
      kind: 'unseen-field',
      schema: '/components/schemas/Invoice/properties/memo',
      says: '"memo" never came',
      count: 0,
      of: 50,
      example: { request: 'GET /v1/invoices', pointer: '/0' },
    },
  ],
  coverage: [{ kind: 'operations', covered: 1, of: 2, percent: 50, missing: ['syncInvoice'] }],
  counts: { requests: 2, invoices: 50, errors: 3, warnings: 1, notJudged: 0 },
}

/** The same run where all holds. */
export const clean: Report = {
  ...report,
  violations: [],
  drift: [],
  coverage: [],
  skipped: [],
  counts: { ...report.counts, errors: 0, warnings: 0, notJudged: 0 },
}
