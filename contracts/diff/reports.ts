import { data, property } from '../reports/github.ts'
import { escape } from '../reports/junit.ts'
import { code, fold, text } from '../reports/markdown.ts'
import { plain, uriOf } from '../reports/sarif.ts'
import type { DocumentChange } from './change.ts'
import { having, placesOf, changeCounts } from './verdict.ts'
import type { DocumentComparison } from './verdict.ts'

/** Returns changes as Markdown: what breaks, what may break, and, folded away, what does not. */
export function changesMarkdown({ title, before, after, changes }: DocumentComparison): string {
  const [breaking, risky, safe] = [having(changes, 'breaking'), having(changes, 'risky'), having(changes, 'safe')]
  return (
    [
      `## ${breaking.length > 0 ? '❌' : '✅'} ${text(title)}: ${changeCounts(changes)}`,
      `${code(before)} → ${code(after)}`,
      ...(breaking.length > 0 ? [`### Breaking\n\n${breaking.map(item).join('\n')}`] : []),
      ...(risky.length > 0 ? [`### Risky\n\n${risky.map(item).join('\n')}`] : []),
      ...(safe.length > 0 ? [fold(`Safe: ${safe.length}`, safe.map(item).join('\n'))] : []),
    ].join('\n\n') + '\n'
  )
}

const item = (change: DocumentChange): string =>
  `- ${change.request === undefined ? '' : `${code(change.request)} `}${text(change.says)} (${[change.code, ...placesOf(change)].map(code).join(', ')})`

/** Returns changes as JUnit XML: a test for each operation and one for what the documents mean; what breaks fails it, what is risky is told in it. */
export function changesJunit({ title, changes, requests }: DocumentComparison): string {
  const meaning = 'servers, roles and laws'
  const cases = [...requests, meaning].map((name) => ({
    name,
    own: changes.filter(({ request, impact }) => (request ?? meaning) === name && impact !== 'safe'),
  }))
  const failures = cases.filter(({ own }) => having(own, 'breaking').length > 0).length
  const suite = escape(`${title}: changes`)
  const tests = cases.map(({ name, own }) => {
    const open = `    <testcase classname="${suite}" name="${escape(name)}"`
    const [first] = having(own, 'breaking')
    if (own.length === 0) return `${open}/>`
    const told = escape(
      own
        .map((change) => [`${change.impact} ${change.code} ${change.says}`, ...placesOf(change)].join('\n'))
        .join('\n'),
    )
    return `${open}>\n      ${first ? `<failure type="${escape(first.code)}" message="${escape(first.says)}">${told}</failure>` : `<system-out>${told}</system-out>`}\n    </testcase>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="proforma diff">',
    `  <testsuite name="${suite}" tests="${cases.length}" failures="${failures}" skipped="0">`,
    ...tests,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

/** Returns changes as workflow commands of GitHub Actions, beside the new document where they stand in it. */
export const changesGithub = ({ changes }: DocumentComparison): string =>
  changes
    .filter(({ impact }) => impact !== 'safe')
    .map((change) => {
      const { impact, code: name, says, request, after, before } = change
      const place = after ?? before
      const properties = [
        ...(place
          ? [
              ['file', place.file.replaceAll('\\', '/')],
              ['line', String(place.line)],
              ['col', String(place.column)],
            ]
          : []),
        ['title', `${impact}: ${name}`],
      ]
      const message = [`${request === undefined ? '' : `${request}: `}${says}`, ...placesOf(change)].join('\n')
      return `::${impact === 'breaking' ? 'error' : 'warning'} ${properties.map(([key, value = '']) => `${key}=${property(value)}`).join(',')}::${data(message)}\n`
    })
    .join('')

/** Returns changes as SARIF 2.1.0 (OASIS): a rule for each sort of change, a result for each change that breaks or may break. */
export function changesSarif({ changes }: DocumentComparison): string {
  const told = changes.filter(({ impact }) => impact !== 'safe')
  const ids = [...new Set(told.map(({ code: id }) => id))]
  const run = {
    tool: {
      driver: {
        name: 'proforma',
        rules: ids.map((id) => ({ id, shortDescription: { text: id.replaceAll('-', ' ') } })),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true }],
    results: told.map(({ impact, code: ruleId, says, request, pointer, before, after }) => {
      const place = after ?? before
      return {
        ruleId,
        ruleIndex: ids.indexOf(ruleId),
        level: impact === 'breaking' ? 'error' : 'warning',
        message: { text: plain(`${request === undefined ? '' : `${request}: `}${says}`) },
        ...(place && {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(place.file) },
                region: { startLine: place.line, startColumn: place.column },
              },
            },
          ],
        }),
        partialFingerprints: { 'change/v1': `${ruleId} ${request ?? ''} ${says}` },
        properties: { impact, pointer },
      }
    }),
  }
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2)}\n`
}
