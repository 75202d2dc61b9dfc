// Writes a report as SARIF 2.1.0.

import { printableData, printableJson } from '../../spec/index.ts'
import type { ReportedViolation, Report } from '../report.ts'
import { groupFindings } from './groups.ts'
import type { FindingGroup } from './groups.ts'

/** Returns a report as SARIF 2.1.0 (OASIS): a rule for each law and code, a result for each group of findings, where the document says so. */
export function sarifReport(found: Report): string {
  const report = printableData(found)
  const rules = rulesOf(report)
  const index = new Map(rules.map(({ id }, at) => [id, at]))
  const run = {
    tool: { driver: { name: 'proforma', rules } },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true }],
    results: groupFindings(report.violations).map((group) => resultOf(group, index.get(group.first.code) ?? -1)),
  }
  return `${printableJson({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] })}\n`
}

interface Rule {
  readonly id: string
  readonly shortDescription: { readonly text: string }
  readonly defaultConfiguration: { readonly level: 'error' }
}

function rulesOf({ laws, violations }: Report): readonly Rule[] {
  const says = new Map([...laws, ...violations].map(({ code, says: text }) => [code, text]))
  return [...says].map(([id, text]) => ({
    id,
    shortDescription: { text: withoutLinks(text) },
    defaultConfiguration: { level: 'error' },
  }))
}

function resultOf({ first, count }: FindingGroup, ruleIndex: number): object {
  const { code, says, severity, operation, pointer, expected, received, parameter, request, replay, status, place } =
    first
  const times = count > 1 ? ` (${count} times)` : ''
  const where = [request, ...(pointer === '' ? [] : [`at ${pointer}`])].filter(Boolean).join(' ')
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: {
      text: withoutLinks(
        `${says}: expected ${expected} but received ${received}${where === '' ? '' : `, ${where}`}${times}`,
      ),
    },
    locations: [
      {
        ...(place && {
          physicalLocation: {
            artifactLocation: { uri: uriOf(place.file) },
            region: { startLine: place.line, startColumn: place.column },
          },
        }),
        ...(operation !== '' && {
          logicalLocations: [{ name: operation, fullyQualifiedName: `${operation}${pointer}`, kind: 'member' }],
        }),
      },
    ],
    occurrenceCount: count,
    // Positions in lists change from run to run; the same difference keeps its fingerprint.
    partialFingerprints: { 'finding/v1': fingerprintOf(first) },
    properties: {
      request,
      ...(parameter !== undefined && { parameter }),
      pointer,
      expected,
      received,
      replay,
      ...(status !== undefined && { status }),
    },
  }
}

/** Returns a message without links of a document or an answer (SARIF 2.1.0, 3.11.6). */
export const withoutLinks = (text: string): string => text.replace(/\\*\](?=\()/g, String.raw`\]`)

const fingerprintOf = ({ code, operation, parameter, pointer, expected }: ReportedViolation): string =>
  `${code} ${operation}${parameter === undefined ? '' : `?${parameter}`} ${pointer.replace(/\/\d+(?=\/|$)/g, '/*')}${code === 'OAS-SCHEMA' ? ` ${expected}` : ''}`

/** Returns a path as a URI reference (RFC 3986): one below the folder of the run stays relative to it. */
export function uriOf(file: string): string {
  const path = file
    .replaceAll('\\', '/')
    .split('/')
    .map((step) => encodeURIComponent(step).replace(/^([A-Za-z])%3A$/, '$1:'))
    .join('/')
  if (/^[A-Za-z]:\//.test(path)) return `file:///${path}`
  return path.startsWith('/') ? `file://${path}` : path
}
