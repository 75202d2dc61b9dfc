import { fuzz } from '../contracts/index.ts'
import type { FuzzOptions, FuzzReport } from '../contracts/index.ts'
import { writeFile } from '../seeds/index.ts'
import type { Model } from '../spec/index.ts'
import { settingsFor } from './check/settings.ts'
import type { Settings } from './check/settings.ts'
import { configFor } from './config.ts'
import { groundFor } from './fuzz/ground.ts'
import { sayFuzz } from './fuzz/say.ts'
import { misuse } from './misuse.ts'
import { openModel } from './models.ts'
import { readOptions } from './options/read.ts'
import { againOf } from './options/reproduce.ts'
import type { Flags } from './options/values.ts'
import { progressOn } from './progress.ts'
import { plural, sayReport } from './say.ts'

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
  if (json !== undefined) await writeFile(json, once(`${JSON.stringify(report, null, 2)}\n`), { force: true })
  return report.properties.every(({ failure }) => !failure) ? 0 : 1
}

/** Fuzzes as `check --fuzz` asks for it, prints what was found, and returns it. @throws Failure as {@link fuzzCommand} does. */
export const fuzzChecked = (
  model: Model,
  settings: Settings,
  flags: Flags<'check'>,
  { fuzz: runs, seed }: { readonly fuzz: number; readonly seed?: number },
): Promise<FuzzReport> => runAndSay(model, settings, flags, { runs, ...(seed !== undefined && { seed }) }, '--fuzz')

async function runAndSay(
  model: Model,
  { baseUrl, options }: Settings,
  flags: Flags<'fuzz'>,
  {
    seed = Math.floor(Math.random() * 1_000_000),
    ...wanted
  }: Pick<FuzzOptions, 'runs' | 'operation' | 'kind' | 'path'> & Partial<Pick<FuzzOptions, 'seed'>>,
  what = 'the command line',
): Promise<FuzzReport> {
  if (baseUrl === undefined) throw misuse(what, { expected: 'the option --url <base>', received: 'none' })
  const { writes = false } = options
  const { document, overlay } = flags
  const progress = progressOn(process.stderr)
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
  process.stdout.write(
    sayReport(
      sayFuzz(report, againOf(document === undefined ? model.name : undefined, flags, report.baseUrl, keys)),
      holds,
    ),
  )
  return report
}

async function* once(text: string): AsyncGenerator<string, void, void> {
  yield text
}
