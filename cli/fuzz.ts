import { fuzz } from '../contracts/index.ts'
import type { FuzzOptions, FuzzReport } from '../contracts/index.ts'
import { writeFile } from '../seeds/index.ts'
import type { Model } from '../spec/index.ts'
import type { CheckFlags } from './check.ts'
import { settingsFor } from './check/settings.ts'
import type { Settings } from './check/settings.ts'
import { configFor } from './config.ts'
import { againOf } from './fuzz/again.ts'
import { groundFor } from './fuzz/ground.ts'
import { sayFuzz } from './fuzz/say.ts'
import { misuse } from './misuse.ts'
import { openModel } from './models.ts'
import { progressOn } from './progress.ts'
import { plural, sayReport } from './say.ts'
import { whole } from './whole.ts'
import { word } from './word.ts'

/** Options of `proforma fuzz`, as the command line has them: those of a check, and which requests to draw. */
export interface FuzzFlags extends Omit<
  CheckFlags,
  'har' | 'bodies' | 'fuzz' | 'report' | 'maxPages' | 'minCoverage' | 'updateOverlay'
> {
  readonly runs: string
  readonly operation?: string
  readonly kind?: string
  readonly path?: string
  readonly json?: string
}

const kinds = ['valid', 'invalid', 'sequence'] as const

/**
 * Fuzzes an API, prints what was found, and returns 0 where all holds, 1 where something does not.
 * @throws Failure for what the command line or the configuration states wrongly, a server that does not answer, or a package that is missing.
 */
export async function fuzzCommand(name: string | undefined, flags: FuzzFlags): Promise<number> {
  const runs = whole('--runs', flags.runs, { least: 1, most: 10_000_000 })
  const kind = flags.kind === undefined ? undefined : word('--kind', flags.kind, kinds)
  const { operation, path, json } = flags
  const model = openModel(name, flags)
  const settings = settingsFor(model, flags, await configFor(model.name, flags.config))
  const report = await runAndSay(model, settings, flags, {
    runs,
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
  flags: CheckFlags & { readonly fuzz: string },
): Promise<FuzzReport> =>
  runAndSay(model, settings, flags, { runs: whole('--fuzz', flags.fuzz, { least: 1, most: 10_000_000 }) })

const seedFrom = (text: string | undefined): number =>
  text === undefined ? Math.floor(Math.random() * 1_000_000) : whole('--seed', text, { least: 0, most: 2_147_483_647 })

async function runAndSay(
  model: Model,
  { baseUrl, options }: Settings,
  flags: CheckFlags,
  wanted: Pick<FuzzOptions, 'runs' | 'operation' | 'kind' | 'path'>,
): Promise<FuzzReport> {
  if (baseUrl === undefined)
    throw misuse(flags.fuzz === undefined ? 'the command line' : '--fuzz', {
      expected: 'the option --url <base>',
      received: 'none',
    })
  const seed = seedFrom(flags.seed)
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
      sayFuzz(
        report,
        againOf(document === undefined ? model.name : undefined, flags, { baseUrl: report.baseUrl, writes }, keys),
      ),
      holds,
    ),
  )
  return report
}

async function* once(text: string): AsyncGenerator<string, void, void> {
  yield text
}
