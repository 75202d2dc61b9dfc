import { fuzz } from '../contracts/index.ts'
import type { FuzzOptions, FuzzReport, PropertyReport } from '../contracts/index.ts'
import { writeFile } from '../seeds/index.ts'
import type { Model } from '../spec/index.ts'
import { address } from './address.ts'
import type { Settings } from './check/settings.ts'
import { day } from './day.ts'
import { groundFor } from './fuzz/ground.ts'
import { misuse } from './misuse.ts'
import { modelFor } from './models.ts'
import type { OwnDocument } from './models.ts'
import { headersOf, pairs } from './pairs.ts'
import { progressOn } from './progress.ts'
import { plural, sayReport, table } from './say.ts'
import { whole } from './whole.ts'
import { word } from './word.ts'

/** Options of `proforma fuzz`, as the command line has them. */
export interface FuzzFlags extends OwnDocument {
  readonly url: string
  readonly header?: readonly string[]
  readonly param?: readonly string[]
  readonly id?: readonly string[]
  readonly runs: string
  readonly seed?: string
  readonly operation?: string
  readonly kind?: string
  readonly path?: string
  readonly allowWrites?: boolean
  readonly today: string
  readonly tolerance: string
  readonly timeout: string
  readonly json?: string
}

const kinds = ['valid', 'invalid', 'sequence'] as const

/**
 * Fuzzes an API, prints what was found, and returns 0 where all holds, 1 where something does not.
 * @throws Failure for what the command line states wrongly, a server that does not answer, or a package that is missing.
 */
export async function fuzzCommand(name: string | undefined, flags: FuzzFlags): Promise<number> {
  const { baseUrl, authorization } = address('--url', flags.url)
  const headers = { ...(authorization !== undefined && { authorization }), ...headersOf(flags.header ?? []) }
  const parameters = pairs(flags.param ?? [], { option: '--param', separator: '=', example: 'name=value' })
  const runs = whole('--runs', flags.runs, { least: 1, most: 10_000_000 })
  const seed = seedFrom(flags.seed)
  const today = day('--today', flags.today)
  const tolerance = whole('--tolerance', flags.tolerance, { least: 0, most: 1_000_000 })
  const timeout = whole('--timeout', flags.timeout, { least: 1, most: 3600 }) * 1000
  const kind = flags.kind === undefined ? undefined : word('--kind', flags.kind, kinds)
  const { operation, path, id: ids = [], json } = flags
  const model = modelFor(name, flags)
  const { report, holds } = await runAndSay(model, {
    baseUrl, headers, parameters, ids, seed, runs, today, tolerance, timeout, writes: flags.allowWrites ?? false,
    ...(operation !== undefined && { operation }), ...(kind && { kind }), ...(path !== undefined && { path }),
  })
  if (json !== undefined) await writeFile(json, once(`${JSON.stringify(report, null, 2)}\n`), { force: true })
  return holds ? 0 : 1
}

/** Fuzzes as `check --fuzz` asks for it, prints what was found, and returns whether all holds. @throws Failure as {@link fuzzCommand} does. */
export async function fuzzChecked(model: Model, { baseUrl, options }: Settings, { fuzz: number, seed }: { readonly fuzz: string; readonly seed?: string }): Promise<boolean> {
  if (baseUrl === undefined) throw misuse('--fuzz', { expected: 'a server to ask, with --url', received: 'none' })
  const { headers = {}, parameters = {}, ids = [], today, tolerance, timeout, writes = false } = options
  const { holds } = await runAndSay(model, {
    baseUrl, headers, parameters, ids, writes, seed: seedFrom(seed), runs: whole('--fuzz', number, { least: 1, most: 10_000_000 }),
    ...(today !== undefined && { today }), ...(tolerance !== undefined && { tolerance }), ...(timeout !== undefined && { timeout }),
  })
  return holds
}

const seedFrom = (text: string | undefined): number => (text === undefined ? Math.floor(Math.random() * 1_000_000) : whole('--seed', text, { least: 0, most: 2_147_483_647 }))

async function runAndSay(model: Model, options: FuzzOptions): Promise<{ readonly report: FuzzReport; readonly holds: boolean }> {
  const progress = progressOn(process.stderr)
  const onProgress = (requests: number, at: string): void => progress.show(requests, `${plural(requests, 'request')}  ${at}`)
  const ground = options.writes ? await groundFor(options.baseUrl, options.seed) : { baseUrl: options.baseUrl }
  const report = await fuzz(model, (request) => fetch(request), { ...options, ...ground, onProgress }).finally(() => progress.clear())
  const holds = report.properties.every(({ failure }) => !failure)
  process.stdout.write(sayReport(textOf(report), holds))
  return { report, holds }
}

function textOf({ api, title, baseUrl, seed, requests, properties, skipped }: FuzzReport): string {
  const failed = properties.filter(({ failure }) => failure)
  const rows = properties.map((property) => [
    property.operation ?? 'all of them', property.kind, plural(property.runs, 'run'), Object.entries(property.statuses).map(([status, count]) => `${status === '0' ? 'no answer' : status} ×${count}`).join(', '), property.failure ? 'fails' : 'holds',
  ])
  const verdict = failed.length === 0 ? `No violations in ${plural(requests, 'request')}, seed ${seed}.` : `${failed.length} of ${properties.length} properties failed in ${plural(requests, 'request')}, seed ${seed}.`
  const left = skipped.map(({ what, reason }) => `  ${what}: ${reason}`)
  return [`${title} at ${baseUrl}`, table(rows), ...(left.length > 0 ? [`Not drawn:\n${left.join('\n')}`] : []), ...failed.map((property) => failureText(property, api, baseUrl, seed)), verdict].join('\n\n').replace(control, '�') + '\n'
}

/** An answer may hold what moves a terminal's cursor or colours it. */
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g
/** More findings of one answer than this help nobody. */
const most = 5

function failureText({ operation, kind, failure }: PropertyReport, api: string, baseUrl: string, seed: number): string {
  if (!failure) return ''
  const { violations, requests, curl, path, test } = failure
  return [
    ...requests,
    ...violations.slice(0, most).flatMap(({ code, says, pointer, expected, received, place }) => [
      `  ${code}  ${says}`,
      `    ${pointer === '' ? '' : `${pointer}  `}expected ${expected} but received ${received}`,
      ...(place ? [`    documented in ${place.file}:${place.line}:${place.column}`] : []),
    ]),
    ...(violations.length > most ? [`  and ${violations.length - most} more`] : []),
    ...curl.map((command) => `  ${command}`),
    `  again: proforma fuzz ${api} --url ${baseUrl} --seed ${seed} --kind ${kind}${operation === undefined ? '' : ` --operation ${operation}`} --path ${path}${kind === 'sequence' ? ' --allow-writes' : ''}`,
    ...test.split('\n').map((line) => `  │ ${line}`.trimEnd()),
  ].join('\n')
}

async function* once(text: string): AsyncGenerator<string, void, void> {
  yield text
}
