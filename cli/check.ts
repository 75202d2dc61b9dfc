import { check, holds, jsonReport, junitReport, textReport } from '../contracts/index.ts'
import type { Report } from '../contracts/index.ts'
import { writeFile } from '../seeds/index.ts'
import { suggest } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'
import { address } from './address.ts'
import { day } from './day.ts'
import { misuse } from './misuse.ts'
import { modelFor } from './models.ts'
import type { OwnDocument } from './models.ts'
import { headersOf, pairs } from './pairs.ts'
import { progressOn } from './progress.ts'
import { plural, sayReport } from './say.ts'
import { whole } from './whole.ts'
import { word } from './word.ts'

/** Options of `proforma check`, as the command line has them. */
export interface CheckFlags extends OwnDocument {
  readonly url: string
  readonly header?: readonly string[]
  readonly param?: readonly string[]
  readonly id?: readonly string[]
  readonly today: string
  readonly maxPages: string
  readonly tolerance: string
  readonly timeout: string
  readonly allowWrites?: boolean
  readonly report?: readonly string[]
}

/**
 * Checks an API, prints what was found, and returns 0 where all holds, 1 where something does not.
 * @throws Failure for what the command line states wrongly, a server that does not answer, or a report that cannot be written.
 */
export async function checkCommand(name: string | undefined, flags: CheckFlags): Promise<number> {
  const { baseUrl, authorization } = address('--url', flags.url)
  const headers = { ...(authorization !== undefined && { authorization }), ...headersOf(flags.header ?? []) }
  const today = day('--today', flags.today)
  const maxPages = whole('--max-pages', flags.maxPages, { least: 1, most: 1_000_000 })
  const tolerance = whole('--tolerance', flags.tolerance, { least: 0, most: 1_000_000 })
  const timeout = whole('--timeout', flags.timeout, { least: 1, most: 3600 }) * 1000
  const wanted = (flags.report ?? []).map(reportOf)
  const model = modelFor(name, flags)
  const parameters = parametersOf(model, flags.param ?? [])
  const progress = progressOn(process.stderr)
  const report = await check(model, (request) => fetch(request), {
    baseUrl, headers, parameters, today, maxPages, tolerance, timeout, writes: flags.allowWrites ?? false, ids: flags.id ?? [],
    onProgress: ({ operation, requests, violations }) => progress.show(requests, `${plural(requests, 'request')}, ${plural(violations, 'violation')}  ${operation}`),
  }).finally(() => progress.clear())
  process.stdout.write(sayReport(textReport(report), holds(report)))
  for (const { form, file } of wanted) if (file !== undefined) await writeFile(file, once(forms[form](report)), { force: true })
  return holds(report) ? 0 : 1
}

const forms = { text: textReport, json: jsonReport, junit: junitReport } as const satisfies Record<string, (report: Report) => string>

interface Wanted {
  readonly form: keyof typeof forms
  readonly file?: string
}

function reportOf(text: string): Wanted {
  const [name = '', ...rest] = text.split('=')
  const form = word('--report', name, Object.keys(forms) as (keyof typeof forms)[])
  const file = rest.join('=')
  if (file !== '') return { form, file }
  if (form !== 'text') throw misuse('--report', { expected: `${form}=file`, received: JSON.stringify(text) })
  return { form }
}

/** A misspelt parameter would be ignored in silence. */
function parametersOf({ operations, security }: Model, texts: readonly string[]): Record<string, string> {
  const stated = pairs(texts, { option: '--param', separator: '=', example: 'name=value' })
  const keys = Object.values(security).flatMap(({ in: place, name }) => (place === 'query' && name !== undefined ? [name] : []))
  const known = [...new Set([...operations.flatMap(({ parameters }) => parameters.map((parameter) => parameter.name)), ...keys])]
  for (const name of Object.keys(stated)) {
    if (!known.includes(name)) throw misuse('--param', { expected: 'a parameter of the document', received: JSON.stringify(name), cure: suggest(name, known) })
  }
  return stated
}

async function* once(text: string): AsyncGenerator<string, void, void> {
  yield text
}
