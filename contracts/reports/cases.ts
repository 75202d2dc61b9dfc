import type { Finding, Report } from '../report.ts'

/** One test of a suite: an operation or a law, with the errors that fail it. */
export interface Case {
  readonly suite: string
  readonly name: string
  readonly findings: readonly Finding[]
  /** Why nothing was tested. */
  readonly skipped?: string
}

/** Returns a report as tests, operations first: every error fails exactly one of them. The document is a test where it is at fault. */
export function casesOf(report: Report): readonly Case[] {
  const codes = new Set(report.laws.map(({ code }) => code))
  const errors = report.violations.filter(({ severity }) => severity === 'error')
  const own = errors.filter(({ operation }) => operation === '')
  const document =
    own.length === 0 ? [] : [{ suite: `${report.api} document`, name: 'the document can be read', findings: own }]
  const operations = report.operations.map(({ id, requests }): Case => ({
    suite: `${report.api} operations`,
    name: id,
    findings: errors.filter(({ operation, code }) => operation === id && !codes.has(code)),
    ...(requests === 0 && { skipped: report.skipped.find(({ what }) => what === id)?.reason ?? 'not asked' }),
  }))
  const laws = report.laws.map(({ code, says, applied }): Case => ({
    suite: `${report.api} laws`,
    name: `${code} ${says}`,
    findings: errors.filter((finding) => finding.code === code),
    ...(applied === 0 && { skipped: 'nothing to judge' }),
  }))
  return [...document, ...operations, ...laws]
}
