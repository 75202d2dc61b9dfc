import type { CheckOptions } from '../../contracts/index.ts'
import { suggest } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import type { ApiConfig } from '../config.ts'
import { misuse } from '../misuse.ts'
import { readOptions } from '../options/read.ts'
import type { Flags, Values } from '../options/values.ts'
import { headersFrom } from './headers.ts'
import type { RecordedAt } from './recordings.ts'

/** Everything a check needs to know. */
export interface Settings {
  readonly baseUrl?: string
  readonly recorded?: RecordedAt
  readonly options: Omit<CheckOptions, 'baseUrl'>
  readonly minCoverage: NonNullable<Values<'check'>['minCoverage']>
}

/** Returns what command line and configuration say together; the command line wins. @throws Misuse for what either states wrongly. */
export function settingsFor(model: Model, flags: Flags<'check'>, config: ApiConfig): Settings {
  const recorded = recordedAt(flags)
  const values = readOptions('check', flags, config)
  const { today, maxPages, tolerance, timeout, maxBytes, retries, rate, minCoverage = {} } = values
  const { baseUrl, authorization } = (recorded ? undefined : values.url) ?? {}
  const mode = modeOf(flags) ?? config.mode
  return {
    ...(baseUrl !== undefined && { baseUrl }),
    ...(recorded && { recorded }),
    minCoverage,
    options: {
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...headersFrom({
          ...(config.headers && { config: config.headers }),
          ...(values.headerFile && { files: values.headerFile }),
          ...(values.headerEnv && { variables: values.headerEnv }),
          ...(values.header && { flags: values.header }),
        }),
      },
      parameters: parametersOf(model, { ...config.parameters, ...values.param }),
      today,
      maxPages,
      tolerance,
      timeout: timeout * 1000,
      maxBytes,
      retries,
      ...(rate !== undefined && { rate }),
      ...(mode && { mode }),
      levels: config.laws ?? {},
      writes: values.allowWrites,
      showValues: values.showValues,
      ids: values.id ?? [],
    },
  }
}

function recordedAt({ url, har, bodies }: Flags<'check'>): RecordedAt | undefined {
  const stated = Object.entries({ '--url': url, '--har': har, '--bodies': bodies }).flatMap(([option, value]) =>
    value === undefined ? [] : [option],
  )
  if (stated.length > 1)
    throw misuse('the command line', { expected: 'one of --url, --har and --bodies', received: stated.join(' and ') })
  if (har !== undefined) return { form: 'har', path: har }
  return bodies === undefined ? undefined : { form: 'bodies', path: bodies }
}

function modeOf({ strict, lenient }: Flags<'check'>): CheckOptions['mode'] {
  if (strict && lenient) throw misuse('the command line', { expected: '--strict or --lenient', received: 'both' })
  return strict ? 'strict' : lenient ? 'lenient' : undefined
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
    ...new Set([
      ...operations.flatMap(({ id, parameters }) => parameters.flatMap(({ name }) => [name, `${id}.${name}`])),
      ...keys,
    ]),
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
