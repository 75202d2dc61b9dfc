// Writes the reports of a check to files, standard output and GitHub's step summary.

import { appendFileSync, existsSync } from 'node:fs'
import { Document as YamlDocument, parseDocument } from 'yaml'
import { failure, shellWord } from '../../spec/index.ts'
import type { OptionValues } from '../options/table.ts'
import { readTextFile } from '../read-file.ts'
import { plural } from '../terminal.ts'
import { yamlText } from '../yaml.ts'
import {
  ctrfReport,
  githubReport,
  htmlReport,
  jsonReport,
  junitReport,
  markdownReport,
  sarifReport,
  textReport,
  isOverlay,
  driftOverlay,
  noIdKnown,
  writesNotAllowed,
} from '../../contracts/index.ts'
import type { Report, Span } from '../../contracts/index.ts'
import { writeFile } from '../../seeds/index.ts'
import { printAnnotations } from '../output.ts'

const forms = {
  text: textReport,
  json: jsonReport,
  junit: junitReport,
  sarif: sarifReport,
  html: htmlReport,
  markdown: markdownReport,
  ctrf: ctrfReport,
  github: githubReport,
} as const satisfies Record<Wanted['form'], (report: Report, span: Span) => string>

type Wanted = NonNullable<OptionValues<'check'>['report']>[number]

/**
 * Writes reports to their files; without a file, GitHub's goes to standard output, where Actions look for it, and a summary to
 * where they keep those. The text is always printed.
 * @throws Failure for a file that cannot be written.
 */
export async function writeReports(report: Report, wanted: readonly Wanted[], span: Span): Promise<void> {
  for (const { form, file } of wanted) {
    if (file !== undefined) await writeFile(file, once(forms[form](report, span)), { force: true })
    else if (form === 'github') writeGithub(report)
  }
}

function writeGithub(report: Report): void {
  printAnnotations(githubReport(report))
  appendSummary(markdownReport(report))
}

/** Adds Markdown to the summary of a step of GitHub Actions, where this is one. @throws Failure where it cannot be written. */
export function appendSummary(markdown: string): void {
  const summary = process.env.GITHUB_STEP_SUMMARY
  if (!summary) return
  try {
    appendFileSync(summary, markdown)
  } catch (error) {
    throw failure(`write ${summary}`, {
      expected: 'a file that takes a step summary',
      received: (error as NodeJS.ErrnoException).code ?? String(error),
    })
  }
}

async function* once(text: string): AsyncGenerator<string, void, void> {
  yield text
}

/**
 * Writes what answers have and the document lacks as an OpenAPI Overlay, and returns what was done. Actions are added to an
 * overlay that is there; its own stay as they are, comments included. To check with them takes the overlays in use as well.
 * @throws Failure for a file that is something else, or cannot be written.
 */
export async function writeDriftOverlay(
  path: string,
  report: Report,
  overlays: readonly string[] = [],
): Promise<string> {
  const overlayActions = driftOverlay(report.title, report.drift)
  const before = existsSync(path) ? existing(path) : undefined
  const known = new Set(before?.actions.map((action) => JSON.stringify(action)) ?? [])
  const fresh = overlayActions.actions.filter((action) => !known.has(JSON.stringify(action)))
  if (fresh.length === 0 && before) return `Nothing to add to ${path}.`
  const text = before ? before.add(fresh) : yamlText(new YamlDocument(overlayActions))
  await writeFile(path, once(text), { force: true })
  return `${before ? 'Added' : 'Wrote'} ${plural(fresh.length, 'action')} ${before ? 'to' : 'into'} ${path}: say ${[...new Set([...overlays, path])].map((file) => `--overlay ${shellWord(file)}`).join(' ')} to check with them.`
}

function existing(path: string): { readonly actions: readonly unknown[]; add(actions: readonly unknown[]): string } {
  const document = parseDocument(readTextFile(path))
  const value: unknown = document.errors.length === 0 ? document.toJS() : undefined
  if (!isOverlay(value))
    throw failure(`update ${path}`, {
      expected: 'an OpenAPI Overlay with a list of actions, or no file',
      received: 'something else',
    })
  return {
    actions: value.actions,
    add(actions) {
      for (const action of actions) document.addIn(['actions'], document.createNode(action))
      return yamlText(document)
    },
  }
}

/** Returns the options that would let a check do or show what it left out, a line each. */
export const hintsFor = ({ skipped, violations }: Pick<Report, 'skipped' | 'violations'>): string =>
  [
    skipped.some(({ reason }) => reason === writesNotAllowed)
      ? '--allow-writes also tries what changes something.\n'
      : '',
    skipped.some(({ reason }) => reason === noIdKnown) ? '--id names an invoice to ask for.\n' : '',
    violations.some(({ received }) => received.includes('•'))
      ? 'Of people and secrets only the form is shown; --show-values shows all.\n'
      : '',
  ].join('')
