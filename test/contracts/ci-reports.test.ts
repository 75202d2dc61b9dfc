import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ctrfReport, githubReport, htmlReport, markdownReport, sarifReport, textReport } from '../../contracts/index.ts'
import { clean, finding, report } from './support/report.ts'

type Json = Record<string, any>

describe('the SARIF report', () => {
  const { version, $schema, runs } = JSON.parse(sarifReport(report)) as Json
  const [run] = runs as [Json]

  it('says which format it has and who made it', () => {
    expect([version, $schema, runs.length, run.tool.driver.name]).toEqual([
      '2.1.0',
      'https://json.schemastore.org/sarif-2.1.0.json',
      1,
      'proforma',
    ])
  })

  it('has a rule for each law and each code, once', () => {
    expect(run.tool.driver.rules.map(({ id, shortDescription }: Json) => [id, shortDescription.text])).toEqual([
      ['BR-CO-15', 'total = subtotal + tax'],
      ['PF-IDS', 'ids are unique within their list'],
      ['PF-SORT', 'a list is in the order asked for'],
      ['OAS-SCHEMA', 'the body has the form its schema documents'],
    ])
  })

  it('has a result for each sort of finding, in the line of the document, with its rule', () => {
    expect(
      run.results.map(({ ruleId, ruleIndex, level, occurrenceCount, locations: [{ physicalLocation }] }: Json) => [
        ruleId,
        run.tool.driver.rules[ruleIndex].id,
        level,
        occurrenceCount,
        physicalLocation,
      ]),
    ).toEqual([
      [
        'PF-SORT',
        'PF-SORT',
        'warning',
        1,
        { artifactLocation: { uri: 'apis/my%20api.yaml' }, region: { startLine: 120, startColumn: 9 } },
      ],
      [
        'BR-CO-15',
        'BR-CO-15',
        'error',
        2,
        { artifactLocation: { uri: 'apis/my%20api.yaml' }, region: { startLine: 120, startColumn: 9 } },
      ],
      ['OAS-SCHEMA', 'OAS-SCHEMA', 'error', 1, undefined],
    ])
    const { message, properties, partialFingerprints } = run.results[1]
    expect(message.text).toBe(
      'total = subtotal + tax: expected 12100 (10000 + 2100) but received 12099, GET /v1/invoices?limit=25 at /data/0/total_amount (2 times)',
    )
    expect(properties.replay).toBe(finding.replay)
    expect(partialFingerprints).toEqual({ 'finding/v1': 'BR-CO-15 listInvoices /data/*/total_amount' })
  })

  it('writes absolute paths as file URIs', () => {
    const uri = (file: string): string =>
      JSON.parse(sarifReport({ ...report, violations: [{ ...finding, place: { file, line: 1, column: 1 } }] })).runs[0]
        .results[0].locations[0].physicalLocation.artifactLocation.uri
    expect([uri('/srv/a b.yaml'), uri('C:\\api\\a.yaml'), uri('..\\a.yaml')]).toEqual([
      'file:///srv/a%20b.yaml',
      'file:///C:/api/a.yaml',
      '../a.yaml',
    ])
  })

  it('has no results where all holds', () => {
    expect(JSON.parse(sarifReport(clean)).runs[0].results).toEqual([])
  })

  it('has no link of a document or an answer in a message', () => {
    for (const received of ['[a](https://pwned.test)', '[a\\](https://pwned.test)', '[a]](1)']) {
      const [result] = JSON.parse(sarifReport({ ...report, violations: [{ ...finding, received }] })).runs[0].results
      expect(result.message.text).not.toMatch(/(?<!(?<!\\)\\)\]\(/)
      expect(result.properties.received).toBe(received)
    }
  })
})

describe('the GitHub report', () => {
  it('is one escaped command a line, errors first', () => {
    expect(githubReport(report).split('\n')).toEqual([
      "::error file=apis/my api.yaml,line=120,col=9,title=BR-CO-15 total = subtotal + tax::GET /v1/invoices?limit=25 /data/0/total_amount%0Aexpected 12100 (10000 + 2100) but received 12099%0Aand 1 more like it%0Acurl 'http://127.0.0.1:4010/v1/invoices?limit=25' -H 'authorization: ***'",
      expect.stringMatching(/^::error title=OAS-SCHEMA the body has the form its schema documents::/),
      expect.stringMatching(
        /^::warning file=apis\/my api\.yaml,line=120,col=9,title=PF-SORT .*received x, y: 100 %25 ::error::gotcha\ufffd/,
      ),
      '',
    ])
    const comma = githubReport({
      ...report,
      violations: [{ ...finding, says: 'a: b, c', place: { file: 'a,b:c.yaml', line: 1, column: 2 } }],
    })
    expect(comma).toMatch(/^::error file=a%2Cb%3Ac\.yaml,line=1,col=2,title=BR-CO-15 a%3A b%2C c::/)
  })

  it('says nothing where all holds', () => {
    expect(githubReport(clean)).toBe('')
  })
})

describe('the text report', () => {
  it('lets no answer begin a line, which could be a command', () => {
    expect(
      textReport(report)
        .split('\n')
        .filter((line) => line.trimStart().startsWith('::')),
    ).toEqual([])
  })
})

describe('the Markdown report', () => {
  const markdown = markdownReport(report)

  it('tells everything in short', () => {
    for (const part of [
      '3 violations',
      '50 invoices seen',
      '<b>BR-CO-15</b> total = subtotal + tax ×2',
      '`apis/my api.yaml:120`',
      '| `listInvoices` | 2 | 200 ×2 | 3 violations |',
      '| operations | 1 | 2 | 50 |',
      'Drift: 1 difference',
    ])
      expect(markdown).toContain(part)
    expect(markdownReport(clean)).toMatch(/^## ✅ .*: all holds\n/)
  })

  it('lets nothing of an answer become markup', () => {
    const outsideCode = markdown.replace(/(`+)[^`].*?\1/g, '')
    expect(outsideCode).not.toContain('<img')
    expect(outsideCode).not.toContain('</script>')
    expect(markdown).toContain('`` x, y: 100 % ::error::gotcha\ufffd | `code` ``')
  })
})

describe('the HTML report', () => {
  const page = htmlReport(report)

  it('holds all of it', () => {
    for (const part of [
      '3 violations',
      'total = subtotal + tax',
      '12100 (10000 + 2100)',
      '12099',
      '/data/0/total_amount',
      'apis/my api.yaml:120:9',
      'curl &#39;http://127.0.0.1:4010/v1/invoices?limit=25&#39; -H &#39;authorization: ***&#39;',
      '× 2',
      'syncInvoice',
      '50 %',
      '&quot;memo&quot; never came',
      '3 of 50',
    ])
      expect(page).toContain(part)
    expect(htmlReport(clean)).toContain('All holds')
  })

  it('loads nothing', () => {
    const tags = page.match(/<[a-z][^>]*>/gi) ?? []
    expect(tags.length).toBeGreaterThan(100)
    expect(
      tags.filter(
        (tag) =>
          /\s(?:src|href|action|srcset|data)\s*=\s*["']?(?!["'#])/i.test(tag) ||
          /^<(?:link|iframe|object|embed|base|img|form)\b/i.test(tag),
      ),
    ).toEqual([])
    expect(page).not.toMatch(/@import|url\(/)
  })

  it('escapes every text of an answer', () => {
    expect(page.match(/<(\w+)/g)?.filter((tag) => tag === '<script')).toHaveLength(1)
    expect(page).not.toContain('<img')
    expect(page).not.toContain('\u202e')
    expect(page).toContain('&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;')
  })

  it('lets only its own script run', () => {
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? ''
    expect(page).toContain(
      `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`.replaceAll(
        "'",
        '&#39;',
      ),
    )
  })

  it('stays readable with many findings', () => {
    const violations = Array.from({ length: 5000 }, (_, index) => ({
      ...finding,
      pointer: `/data/${index}/field${index}`,
    }))
    expect(htmlReport({ ...report, violations }).length).toBeLessThan(400_000)
  })
})

describe('the CTRF report', () => {
  const { reportFormat, specVersion, results } = JSON.parse(ctrfReport(report, { start: 1000, stop: 2500 })) as Json

  it('has a test for each operation and law, and counts them', () => {
    expect([reportFormat, specVersion, results.tool]).toEqual(['CTRF', '0.0.0', { name: 'proforma' }])
    expect(results.summary).toEqual({
      tests: 4,
      passed: 0,
      failed: 2,
      pending: 0,
      skipped: 2,
      other: 0,
      start: 1000,
      stop: 2500,
    })
    expect(results.tests.map(({ name, status, duration, line }: Json) => [name, status, duration, line])).toEqual([
      ['listInvoices', 'failed', 0, undefined],
      ['syncInvoice', 'skipped', 0, undefined],
      ['BR-CO-15 total = subtotal + tax', 'failed', 0, 120],
      ['PF-IDS ids are unique within their list', 'skipped', 0, undefined],
    ])
  })
})
