import { coverageKinds } from '../../contracts/index.ts'
import type { CheckOptions, CoverageKind } from '../../contracts/index.ts'
import { suggest } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { address } from '../address.ts'
import { bytesOf } from '../bytes-of.ts'
import type { CheckFlags } from '../check.ts'
import type { ApiConfig } from '../config.ts'
import { day } from '../day.ts'
import { misuse } from '../misuse.ts'
import { pairs } from '../pairs.ts'
import { whole } from '../whole.ts'
import { word } from '../word.ts'
import { headersFrom } from './headers.ts'
import type { RecordedAt } from './recordings.ts'

/** Everything a check needs to know. */
export interface Settings {
  readonly baseUrl?: string
  readonly recorded?: RecordedAt
  readonly options: Omit<CheckOptions, 'baseUrl'>
  readonly minCoverage: Readonly<Partial<Record<CoverageKind, number>>>
}

/** Returns what command line and configuration say together; the command line wins. @throws Misuse for what either states wrongly. */
export function settingsFor(model: Model, flags: CheckFlags, config: ApiConfig): Settings {
  const recorded = recordedAt(flags)
  const url = flags.url ?? config.url
  const { baseUrl, authorization } =
    url === undefined || recorded ? ({} as Partial<ReturnType<typeof address>>) : address('--url', url)
  const number = (
    option: string,
    text: string | undefined,
    stated: number | undefined,
    usual: number,
    least: number,
    most: number,
  ): number => whole(option, text ?? String(stated ?? usual), { least, most })
  const rate = flags.rate ?? config.rate
  const mode = modeOf(flags) ?? config.mode
  return {
    ...(baseUrl !== undefined && { baseUrl }),
    ...(recorded && { recorded }),
    minCoverage: minCoverageOf(
      flags.minCoverage === undefined
        ? Object.entries(config.minCoverage ?? {}).map(([kind, percent]) => `${kind}=${percent}`)
        : flags.minCoverage.split(','),
    ),
    options: {
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...headersFrom({
          ...(config.headers && { config: config.headers }),
          files: flags.headerFile ?? [],
          variables: flags.headerEnv ?? [],
          flags: flags.header ?? [],
        }),
      },
      parameters: parametersOf(model, {
        ...config.parameters,
        ...pairs(flags.param ?? [], { option: '--param', separator: '=', example: 'name=value' }),
      }),
      today: day('--today', flags.today ?? config.today ?? 'now'),
      maxPages: number('--max-pages', flags.maxPages, config.maxPages, 3, 1, 1_000_000),
      tolerance: number('--tolerance', flags.tolerance, config.tolerance, 0, 0, 1_000_000),
      timeout: number('--timeout', flags.timeout, config.timeout, 30, 1, 3600) * 1000,
      maxBytes: bytesOf(flags.maxBytes, config.maxBytes),
      retries: number('--retries', flags.retries, config.retries, 2, 0, 10),
      ...(rate !== undefined && { rate: rateOf(rate) }),
      ...(mode && { mode }),
      levels: config.laws ?? {},
      writes: flags.allowWrites ?? false,
      ids: flags.id ?? config.ids ?? [],
    },
  }
}

function recordedAt({ url, har, bodies }: CheckFlags): RecordedAt | undefined {
  const stated = Object.entries({ '--url': url, '--har': har, '--bodies': bodies }).flatMap(([option, value]) =>
    value === undefined ? [] : [option],
  )
  if (stated.length > 1)
    throw misuse('the command line', { expected: 'one of --url, --har and --bodies', received: stated.join(' and ') })
  if (har !== undefined) return { form: 'har', path: har }
  return bodies === undefined ? undefined : { form: 'bodies', path: bodies }
}

function modeOf({ strict, lenient }: CheckFlags): CheckOptions['mode'] {
  if (strict && lenient) throw misuse('the command line', { expected: '--strict or --lenient', received: 'both' })
  return strict ? 'strict' : lenient ? 'lenient' : undefined
}

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

/** `5/s`, `100/m`; a number alone is a second's. */
function rateOf(text: string): number {
  const [, number, unit = 's'] = /^(\d{1,6}(?:\.\d{1,3})?)(?:\/([smh]))?$/.exec(text) ?? []
  const rate = Number(number ?? 0) / (seconds[unit] ?? 1)
  if (!(rate > 0)) throw misuse('--rate', { expected: 'a rate like 5/s or 100/m', received: JSON.stringify(text) })
  return rate
}

function minCoverageOf(texts: readonly string[]): Settings['minCoverage'] {
  const stated = pairs(texts, { option: '--min-coverage', separator: '=', example: 'operations=100,fields=80' })
  return Object.fromEntries(
    Object.entries(stated).map(([kind, text]) => {
      const percent = /^\d{1,3}(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN
      if (!(percent >= 0 && percent <= 100))
        throw misuse('--min-coverage', { expected: 'a percentage from 0 to 100', received: JSON.stringify(text) })
      return [word('--min-coverage', kind, coverageKinds), percent]
    }),
  )
}

/** A misspelt parameter would be ignored in silence. */
function parametersOf(
  { operations, security }: Model,
  stated: Readonly<Record<string, string>>,
): Record<string, string> {
  const keys = Object.values(security).flatMap(({ in: place, name }) =>
    place === 'query' && name !== undefined ? [name] : [],
  )
  const known = [
    ...new Set([...operations.flatMap(({ parameters }) => parameters.map((parameter) => parameter.name)), ...keys]),
  ]
  const stranger = Object.keys(stated).find((name) => !known.includes(name))
  if (stranger !== undefined)
    throw misuse('--param', {
      expected: 'a parameter of the document',
      received: JSON.stringify(stranger),
      cure: suggest(stranger, known),
    })
  return { ...stated }
}
