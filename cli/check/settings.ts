// Reads the settings of a check from the command line and the configuration.

import { suggest } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import type { RecordedAt } from './recordings.ts'
import type { ApiConfig } from '../config.ts'
import { readTextFile } from '../read-file.ts'
import { usageError } from '../usage-error.ts'
import { optionKinds } from '../options/kinds.ts'
import { readOptions, readValue } from '../options/read.ts'
import type { Flags, OptionValues } from '../options/table.ts'
import type { CheckOptions } from '../../contracts/index.ts'

/** Everything a check needs to know. */
export interface CheckSettings {
  readonly baseUrl?: string
  readonly recorded?: RecordedAt
  readonly options: Omit<CheckOptions, 'baseUrl'>
  readonly minCoverage: NonNullable<OptionValues<'check'>['minCoverage']>
}

/** Returns what command line and configuration say together; the command line wins. @throws UsageError for what either states wrongly. */
export function settingsFor(model: Model, flags: Flags<'check'>, config: ApiConfig): CheckSettings {
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
    throw usageError('the command line', {
      expected: 'one of --url, --har and --bodies',
      received: stated.join(' and '),
    })
  if (har !== undefined) return { form: 'har', path: har }
  return bodies === undefined ? undefined : { form: 'bodies', path: bodies }
}

function modeOf({ strict, lenient }: Flags<'check'>): CheckOptions['mode'] {
  if (strict && lenient) throw usageError('the command line', { expected: '--strict or --lenient', received: 'both' })
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
    throw usageError('--param', {
      expected: 'a parameter of the document',
      received: JSON.stringify(stranger),
      cure: suggest(stranger, known),
    })
  return { ...stated }
}

/** Where headers are stated. */
export interface HeaderSources {
  /** Of a configuration file. */
  readonly config?: Readonly<Record<string, string>>
  readonly files?: readonly string[]
  /** Variables by the name of the header that one holds. */
  readonly variables?: Readonly<Record<string, string>>
  readonly flags?: Readonly<Record<string, string>>
}

/**
 * Returns the headers to send; what is said closer to the command wins.
 * @throws Failure for a variable that is not set, a file that cannot be read, or a name or value that HTTP does not allow (RFC 9110, 5.5 and 5.6.2).
 */
export function headersFrom({
  config = {},
  files = [],
  variables = {},
  flags = {},
}: HeaderSources): Record<string, string> {
  const stated = [
    ...Object.entries(config).map(([name, value]) => [name, expand(name, value)] as const),
    ...files.flatMap(linesOf).flatMap((line) => Object.entries(readValue('--header', line, headerLine))),
    ...Object.entries(variables).map(([name, variable]) => [name, valueOf(name, variable)] as const),
    ...Object.entries(flags),
  ]
  const headers = new Map<string, readonly [string, string]>()
  for (const [name, value] of stated) headers.set(name.toLowerCase(), [checkName(name), checkValue(name, value)])
  return Object.fromEntries(headers.values())
}

const headerLine = optionKinds.pair('header', ':', "'Name: value'")

function checkName(name: string): string {
  if (/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) return name
  throw usageError('--header', { expected: 'a name of letters, digits and dashes', received: JSON.stringify(name) })
}

function checkValue(name: string, value: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value.trim()
  throw usageError(`--header ${name}`, {
    expected: 'a value without line breaks and beyond Latin-1',
    received: 'one with such a character',
  })
}

/** `env:NAME`, alone or after a scheme: `Bearer env:NAME`. */
function expand(name: string, value: string): string {
  const [, scheme = '', variable] = /^(\S+ )?env:(\w+)$/.exec(value) ?? []
  return variable === undefined ? value : scheme + valueOf(name, variable)
}

function valueOf(name: string, variable: string): string {
  const value = process.env[variable]
  if (value === undefined || value === '')
    throw usageError(`header ${name}`, {
      expected: `the environment variable ${variable}`,
      received: value === undefined ? 'none of that name' : 'an empty one',
    })
  return value
}

const linesOf = (file: string): readonly string[] =>
  readTextFile(file, "a file of lines 'Name: value'")
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
