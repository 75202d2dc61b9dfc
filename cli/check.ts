// Runs the check command: asks an API and writes its reports.

import { check, checkRecorded, holds, shortOf, textReport, withFuzz } from '../contracts/index.ts'
import type { Report } from '../contracts/index.ts'
import { hintsFor, writeDriftOverlay, writeReports } from './check/reports.ts'
import { recordedIn } from './check/recordings.ts'
import { settingsFor } from './check/settings.ts'
import type { CheckSettings } from './check/settings.ts'
import { configFor } from './config.ts'
import { usageError } from './usage-error.ts'
import { modelFor, overlaysOf } from './models.ts'
import { readOptions } from './options/read.ts'
import type { Flags } from './options/table.ts'
import { progressLine } from './progress.ts'
import { plural, styledError, reportText } from './terminal.ts'
import { printLine, printText, warnLine, warnText } from './output.ts'

/**
 * Checks an API or what was recorded of it, prints what was found, and returns 0 where all holds, 1 where something does not or
 * too little was exercised.
 * @throws Failure for what the command line or the configuration states wrongly, a server that does not answer, or a file that
 * cannot be read or written.
 */
export async function checkCommand(name: string | undefined, flags: Flags<'check'>): Promise<number> {
  const { report: wanted = [], updateOverlay, fuzz, seed, ...named } = readOptions('check', flags)
  const model = modelFor(name, named)
  const settings = settingsFor(model, flags, await configFor(model.name, named.config))
  const start = Date.now()
  const report = settings.recorded
    ? checkRecorded(model, recordedIn(model, settings.recorded), {
        ...settings.options,
        source: settings.recorded.path,
      })
    : await ask(model, settings)
  printText(reportText(textReport(report), holds(report)))
  const hints = process.stderr.isTTY ? hintsFor(report) : ''
  if (hints !== '') warnText(hints)
  const fuzzed =
    fuzz === undefined
      ? undefined
      : await (
          await import('./fuzz.ts')
        )
          .fuzzChecked(model, settings, flags, { fuzz, ...(seed !== undefined && { seed }) })
          .catch((error: unknown) => ({ error }))
  const all = fuzzed && 'requests' in fuzzed ? withFuzz(report, fuzzed) : report
  await writeReports(all, wanted, { start, stop: Date.now() })
  if (updateOverlay !== undefined) printLine(await writeDriftOverlay(updateOverlay, report, overlaysOf(named)))
  // What the check found is written all the same.
  if (fuzzed && 'error' in fuzzed) throw fuzzed.error
  const short = shortOf(report.coverage, settings.minCoverage)
  for (const sentence of short) warnLine(styledError(sentence))
  return holds(all, { strict: flags.strict === true }) && short.length === 0 ? 0 : 1
}

async function ask(model: Parameters<typeof check>[0], { baseUrl, options }: CheckSettings): Promise<Report> {
  if (baseUrl === undefined)
    throw usageError('the command line', {
      expected: 'the option --url <base>, --har <file> or --bodies <path>',
      received: 'none',
    })
  const progress = progressLine(process.stderr)
  return check(model, (request) => fetch(request), {
    ...options,
    baseUrl,
    onProgress: ({ operation, requests, violations }) =>
      progress.show(requests, `${plural(requests, 'request')}, ${plural(violations, 'violation')}  ${operation}`),
  }).finally(() => progress.clear())
}
