// Runs the fuzz command: sends random requests to an API and writes reports.

import { oneLine, printable, printableJson, shellWord, isObject } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'
import { settingsFor } from './check/settings.ts'
import type { CheckSettings } from './check/settings.ts'
import { configFor } from './config.ts'
import { usageError } from './usage-error.ts'
import { openModel } from './models.ts'
import { readOptions } from './options/read.ts'
import { reproductionCommand } from './options/reproduce.ts'
import type { Flags } from './options/table.ts'
import { progressLine } from './progress.ts'
import { plural, reportText, formatTable } from './terminal.ts'
import { fuzz } from '../contracts/index.ts'
import type { FuzzOptions, FuzzReport, PropertyReport } from '../contracts/index.ts'
import { writeFile } from '../seeds/index.ts'
import { printText } from './output.ts'

/**
 * Fuzzes an API, prints what was found, and returns 0 where all holds, 1 where something does not.
 * @throws Failure for what the command line or the configuration states wrongly, a server that does not answer, or a package that is missing.
 */
export async function fuzzCommand(name: string | undefined, flags: Flags<'fuzz'>): Promise<number> {
  const { runs, kind, operation, path, json, seed, ...named } = readOptions('fuzz', flags)
  const model = openModel(name, named)
  const settings = settingsFor(model, flags, await configFor(model.name, named.config))
  const report = await runAndSay(model, settings, flags, {
    runs,
    ...(seed !== undefined && { seed }),
    ...(operation !== undefined && { operation }),
    ...(kind && { kind }),
    ...(path !== undefined && { path }),
  })
  if (json !== undefined) await writeFile(json, once(`${printableJson(report)}\n`), { force: true })
  return report.properties.every(({ failure }) => !failure) ? 0 : 1
}

/** Fuzzes as `check --fuzz` asks for it, prints what was found, and returns it. @throws Failure as {@link fuzzCommand} does. */
export const fuzzChecked = (
  model: Model,
  settings: CheckSettings,
  flags: Flags<'check'>,
  { fuzz: runs, seed }: { readonly fuzz: number; readonly seed?: number },
): Promise<FuzzReport> => runAndSay(model, settings, flags, { runs, ...(seed !== undefined && { seed }) }, '--fuzz')

async function runAndSay(
  model: Model,
  { baseUrl, options }: CheckSettings,
  flags: Flags<'fuzz'>,
  {
    seed = Math.floor(Math.random() * 1_000_000),
    ...wanted
  }: Pick<FuzzOptions, 'runs' | 'operation' | 'kind' | 'path'> & Partial<Pick<FuzzOptions, 'seed'>>,
  what = 'the command line',
): Promise<FuzzReport> {
  if (baseUrl === undefined) throw usageError(what, { expected: 'the option --url <base>', received: 'none' })
  const { writes = false } = options
  const { document, overlay } = flags
  const progress = progressLine(process.stderr)
  const report = await fuzz(model, (request) => fetch(request), {
    ...options,
    ...wanted,
    seed,
    ...(writes ? await groundFor(baseUrl, seed) : { baseUrl }),
    ...(document !== undefined && { source: { document, ...(overlay && { overlays: overlay }) } }),
    onProgress: (requests, at) => progress.show(requests, `${plural(requests, 'request')}  ${at}`),
  }).finally(() => progress.clear())
  const holds = report.properties.every(({ failure }) => !failure)
  const keys = new Set(
    Object.values(model.security).flatMap(({ in: place, name }) =>
      place === 'query' && name !== undefined ? [name.toLowerCase()] : [],
    ),
  )
  printText(
    reportText(
      sayFuzz(
        report,
        reproductionCommand(document === undefined ? model.name : undefined, flags, report.baseUrl, keys),
      ),
      holds,
    ),
  )
  return report
}

async function* once(text: string): AsyncGenerator<string, void, void> {
  yield text
}

/** Returns what fuzzing found, as text; `again` is the command that a failure is repeated with. */
export function sayFuzz({ title, baseUrl, seed, requests, properties, skipped }: FuzzReport, again: string): string {
  const failed = properties.filter(({ failure }) => failure)
  const rows = properties.map((property) => [
    property.operation ?? 'all of them',
    property.kind,
    plural(property.runs, 'run'),
    Object.entries(property.statuses)
      .map(([status, count]) => `${status === '0' ? 'no answer' : status} ×${count}`)
      .join(', '),
    property.failure ? 'fails' : 'holds',
  ])
  const verdict =
    failed.length === 0
      ? `No violations in ${plural(requests, 'request')}, seed ${seed}.`
      : `${failed.length} of ${properties.length} properties failed in ${plural(requests, 'request')}, seed ${seed}.`
  const left = skipped.map(({ what, reason }) => `  ${what}: ${reason}`)
  return (
    printable(
      [
        `${oneLine(title)} at ${baseUrl}`,
        formatTable(rows),
        ...(left.length > 0 ? [`Not drawn:\n${left.join('\n')}`] : []),
        ...failed.map((property) => failureText(property, `${again} --seed ${seed}`)),
        verdict,
      ].join('\n\n'),
    ) + '\n'
  )
}

/** More findings of one answer than this help nobody. */
const most = 5

function failureText({ operation, kind, failure }: PropertyReport, again: string): string {
  if (!failure) return ''
  const { violations, requests, curl, path, test } = failure
  return [
    ...requests,
    ...violations
      .slice(0, most)
      .flatMap(({ code, says, pointer, expected, received, place }) => [
        `  ${code}  ${says}`,
        `    ${pointer === '' ? '' : `${pointer}  `}expected ${expected} but received ${received}`,
        ...(place ? [`    documented in ${place.file}:${place.line}:${place.column}`] : []),
      ]),
    ...(violations.length > most ? [`  and ${violations.length - most} more`] : []),
    ...curl.map((command) => `  ${command}`),
    `  again: ${again} --kind ${kind}${operation === undefined ? '' : ` --operation ${shellWord(operation)}`} --path ${path}`,
    ...test.split('\n').map((line) => `  │ ${line}`.trimEnd()),
  ].join('\n')
}

/** Where to fuzz, and how to come back to the beginning. */
export interface Ground {
  readonly baseUrl: string
  readonly reset?: () => Promise<void>
}

const patience = 3000

/**
 * Returns a world of its own where a server of this package answers, which is reset before every run: what one run changes then
 * neither touches anybody else nor the next run. Any other server is left as it is.
 */
export async function groundFor(baseUrl: string, seed: number): Promise<Ground> {
  const { origin, pathname } = new URL(baseUrl)
  const [own] = /^\/__world\/fuzz-\d+(?=\/)/.exec(pathname) ?? []
  if ((pathname.startsWith('/__world/') && own === undefined) || !(await isOurs(origin))) return { baseUrl }
  const world = own ?? `/__world/fuzz-${seed}`
  return {
    baseUrl: origin + world + pathname.slice(own?.length ?? 0).replace(/\/$/, ''),
    reset: async () => {
      await fetch(`${origin}${world}/__proforma/reset`, {
        method: 'POST',
        headers: { 'x-proforma': '1' },
        signal: AbortSignal.timeout(patience),
      }).then(
        (response) => response.arrayBuffer(),
        () => undefined,
      )
    },
  }
}

/** Asked without credentials. */
async function isOurs(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/__proforma`, { redirect: 'manual', signal: AbortSignal.timeout(patience) })
    if (!response.ok || !(response.headers.get('content-type') ?? '').startsWith('application/json')) {
      await response.body?.cancel()
      return false
    }
    const status: unknown = await response.json()
    return isObject(status) && typeof status.world === 'string' && 'seed' in status && 'worlds' in status
  } catch {
    return false
  }
}
