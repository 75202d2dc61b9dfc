import { describe, expect, it } from 'vitest'
import { jsonReport, junitReport, textReport } from '../../contracts/index.ts'
import type { Drift, ReportedViolation, Report } from '../../contracts/index.ts'

const finding: ReportedViolation = {
  code: 'BR-CO-15',
  says: 'total = subtotal + tax',
  severity: 'error',
  pointer: '/data/0/total_amount',
  expected: '12100 (10000 + 2100)',
  received: '12099',
  place: { file: 'openapi.yaml', line: 120, column: 9 },
  operation: 'listInvoices',
  request: 'GET /v1/invoices?limit=25',
  status: 200,
  replay: "curl 'http://127.0.0.1:4010/v1/invoices?limit=25' -H 'authorization: ***'",
}

const report: Report = {
  api: 'stuut',
  title: 'Stuut API',
  baseUrl: 'http://127.0.0.1:4010',
  today: '2026-01-15',
  operations: [
    { id: 'listInvoices', method: 'GET', path: '/v1/invoices', requests: 2, violations: 2, statuses: { 200: 2 } },
    { id: 'getInvoice', method: 'GET', path: '/v1/invoices/{id}', requests: 1, violations: 1, statuses: { none: 1 } },
    { id: 'syncInvoice', method: 'POST', path: '/v1/invoices/{id}/sync', requests: 0, violations: 0, statuses: {} },
  ],
  laws: [
    { code: 'BR-CO-15', says: 'total = subtotal + tax', applied: 50, violations: 2 },
    { code: 'PF-PAYABLE', says: 'the amount asked for = total', applied: 50, violations: 0 },
    { code: 'PF-IDS', says: 'ids are unique within their list', applied: 0, violations: 0 },
  ],
  violations: [
    finding,
    { ...finding, pointer: '/data/7/total_amount', received: '1' },
    {
      code: 'PF-ANSWER',
      says: 'answers arrive in time, complete and as UTF-8',
      severity: 'error',
      pointer: '',
      expected: 'an answer',
      received: '<none> & "nothing"\u0000',
      operation: 'getInvoice',
      request: 'GET /v1/invoices/inv_1',
      replay: 'curl x',
    },
  ],
  skipped: [{ what: 'syncInvoice', reason: 'it changes something, and only reading was allowed' }],
  drift: [],
  coverage: [],
  counts: { requests: 3, invoices: 50, errors: 3, warnings: 0, notJudged: 0 },
}

const clean: Report = {
  ...report,
  operations: report.operations.slice(2),
  laws: [],
  violations: [],
  skipped: [],
  counts: { requests: 1, invoices: 1, errors: 0, warnings: 0, notJudged: 0 },
}

describe('the text report', () => {
  const drifts = (kind: Drift['kind'], count: number): Drift[] =>
    Array.from({ length: count }, (_, index) => ({
      kind,
      schema: `/components/schemas/A${index}`,
      says: `${kind} ${index}`,
      count: 3,
      of: 3,
      example: { request: 'GET /v1/invoices', pointer: '/a' },
      overlayActions: [],
    }))
  const driftIn = (drift: readonly Drift[]): string =>
    /^Drift:[\s\S]*?(?=\n\n)/m.exec(textReport({ ...clean, drift }))?.[0] ?? ''

  it('sums up what may well be as it is in one line', () => {
    expect(driftIn([...drifts('format', 12), ...drifts('unseen-field', 40)])).toBe(
      'Drift: 12 texts always have a format that is not documented, 40 places of the document allow more than came (--report json=… or html=… lists them, --update-overlay writes formats)',
    )
    expect(driftIn(drifts('type', 1))).toBe(
      'Drift: 1 place of the document allows more than came (--report json=… or html=… lists them)',
    )
    expect(driftIn([])).toBe('')
  })

  it('tells what the document lacks one by one', () => {
    expect(driftIn([...drifts('format', 1), ...drifts('unknown-field', 9)]).split('\n')).toEqual([
      'Drift:',
      '  Seen, but not documented:',
      ...Array.from(
        { length: 8 },
        (_, index) =>
          `    unknown-field ${index}  /components/schemas/A${index}, 3 of 3, first at /a of GET /v1/invoices`,
      ),
      '    and 1 more',
      '  1 text always has a format that is not documented (--report json=… or html=… lists them, --update-overlay writes formats)',
    ])
  })

  it('says what was asked, found and left out', () => {
    expect(textReport(report)).toBe(
      `Stuut API at http://127.0.0.1:4010, today 2026-01-15

  listInvoices  2 requests  200 ×2   2 violations
  getInvoice    1 request   none ×1  1 violation

  BR-CO-15    total = subtotal + tax            50 judged         2 violations
  PF-PAYABLE  the amount asked for = total      50 judged         holds
  PF-IDS      ids are unique within their list  nothing to judge

BR-CO-15  total = subtotal + tax
  GET /v1/invoices?limit=25  /data/0/total_amount
  expected 12100 (10000 + 2100) but received 12099
  documented in openapi.yaml:120:9
  replay: curl 'http://127.0.0.1:4010/v1/invoices?limit=25' -H 'authorization: ***'
  and 1 more like it

PF-ANSWER  answers arrive in time, complete and as UTF-8
  GET /v1/invoices/inv_1
  expected an answer but received <none> & "nothing"\u0000
  replay: curl x

Not asked:
  syncInvoice: it changes something, and only reading was allowed

3 violations of 2 causes in 3 requests, 50 invoices seen.
`.replace('\u0000', '�'),
    )
  })

  it('tells each way in which a place breaks its schema, once', () => {
    const schema = (pointer: string, expected: string): ReportedViolation => ({
      ...finding,
      code: 'OAS-SCHEMA',
      pointer,
      expected,
    })
    const text = textReport({
      ...report,
      violations: [
        schema('/0/total', 'more than 0'),
        schema('/1/total', 'a multiple of 0.01'),
        schema('/2/total', 'more than 0'),
      ],
    })
    expect(text.match(/expected .*(?= but)/g)).toEqual(['expected more than 0', 'expected a multiple of 0.01'])
  })

  it('is short when all holds', () => {
    expect(textReport({ ...clean, today: undefined })).toBe(
      'Stuut API at http://127.0.0.1:4010\n\nNo violations in 1 request, 1 invoice seen.\n',
    )
  })

  it('marks warnings', () => {
    const text = textReport({
      ...clean,
      violations: [{ ...finding, severity: 'warning' }],
      counts: { ...clean.counts, warnings: 1, notJudged: 0 },
    })
    expect(text).toContain('\nwarning BR-CO-15  total = subtotal + tax\n')
    expect(text).toContain('No violations, 1 warning in 1 request')
  })
})

describe('the JSON report', () => {
  it('is the report', () => {
    expect(JSON.parse(jsonReport(report))).toEqual(report)
    expect(jsonReport(report).endsWith('}\n')).toBe(true)
  })
})

describe('the JUnit report', () => {
  it('fails one case for each operation and law that does not hold', () => {
    expect(junitReport(report)).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="proforma check stuut">
  <testsuite name="stuut operations" tests="3" failures="1" skipped="1">
    <testcase classname="stuut operations" name="listInvoices"/>
    <testcase classname="stuut operations" name="getInvoice">
      <failure type="PF-ANSWER" message="answers arrive in time, complete and as UTF-8: expected an answer but received &lt;none&gt; &amp; &quot;nothing&quot;�">PF-ANSWER GET /v1/invoices/inv_1 expected an answer but received &lt;none&gt; &amp; &quot;nothing&quot;�
curl x</failure>
    </testcase>
    <testcase classname="stuut operations" name="syncInvoice">
      <skipped message="it changes something, and only reading was allowed"/>
    </testcase>
  </testsuite>
  <testsuite name="stuut laws" tests="3" failures="1" skipped="1">
    <testcase classname="stuut laws" name="BR-CO-15 total = subtotal + tax">
      <failure type="BR-CO-15" message="total = subtotal + tax: expected 12100 (10000 + 2100) but received 12099">BR-CO-15 GET /v1/invoices?limit=25 /data/0/total_amount expected 12100 (10000 + 2100) but received 12099 (2 times)
documented in openapi.yaml:120:9
curl &apos;http://127.0.0.1:4010/v1/invoices?limit=25&apos; -H &apos;authorization: ***&apos;</failure>
    </testcase>
    <testcase classname="stuut laws" name="PF-PAYABLE the amount asked for = total"/>
    <testcase classname="stuut laws" name="PF-IDS ids are unique within their list">
      <skipped message="nothing to judge"/>
    </testcase>
  </testsuite>
</testsuites>
`.replaceAll('&apos;', "'"),
    )
  })
})
