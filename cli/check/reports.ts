import { appendFileSync } from 'node:fs'
import {
  ctrfReport,
  githubReport,
  htmlReport,
  jsonReport,
  junitReport,
  markdownReport,
  sarifReport,
  textReport,
} from '../../contracts/index.ts'
import type { Report, Span } from '../../contracts/index.ts'
import { writeFile } from '../../seeds/index.ts'
import { failure } from '../../spec/index.ts'
import type { Values } from '../options/values.ts'

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

type Wanted = NonNullable<Values<'check'>['report']>[number]

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
  process.stdout.write(githubReport(report))
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
