// Parses what --to names and opens it as a seeding target.

import { basename } from 'node:path'
import {
  creationsOf,
  duckdbTarget,
  filesTarget,
  httpTarget,
  mysqlTarget,
  parquetTarget,
  postgresTarget,
  sqliteTarget,
  streamTarget,
} from '../../seeds/index.ts'
import type { Compression, EncodingName, SeedTarget } from '../../seeds/index.ts'
import type { Model } from '../../spec/index.ts'
import { headersFrom } from '../check/settings.ts'
import { usageError } from '../usage-error.ts'
import { optionKinds } from '../options/kinds.ts'
import { readValue } from '../options/read.ts'
import type { OptionValues } from '../options/table.ts'

/** What `--to` names, as far as its text tells. */
export type Destination =
  | { readonly is: 'stream'; readonly format: FileFormat }
  | { readonly is: 'files'; readonly format: FileFormat; readonly suffix: string; readonly compression?: Compression }
  | { readonly is: 'sqlite'; readonly file: string }
  | { readonly is: 'duckdb'; readonly file: string }
  | { readonly is: 'parquet' }
  | { readonly is: 'postgres' }
  | { readonly is: 'mysql' }
  | { readonly is: 'http' }

/** Forms of files. */
const fileFormats = ['ndjson', 'json', 'csv', 'sql'] as const satisfies readonly EncodingName[]
type FileFormat = (typeof fileFormats)[number]

const compressions: Readonly<Record<string, Compression>> = { '.gz': 'gzip', '.zst': 'zstd' }

/**
 * Returns what `--to` names.
 * @throws UsageError for a name of no known form.
 */
export function destinationOf(to: string, format: FileFormat | undefined): Destination {
  const [, kind = '', file = ''] = /^(sqlite|duckdb):(?:\/\/)?(.+)$/i.exec(to) ?? []
  if (file !== '') return kind.toLowerCase() === 'sqlite' ? { is: 'sqlite', file } : { is: 'duckdb', file }
  if (/\.parquet$/i.test(to) && format === undefined) return { is: 'parquet' }
  if (/^postgres(?:ql)?:\/\//i.test(to)) return { is: 'postgres' }
  if (/^(?:mysql|mariadb):\/\//i.test(to)) return { is: 'mysql' }
  if (/^https?:\/\//i.test(to)) return { is: 'http' }
  // What is in an address may be secret.
  const [, scheme] = /^([a-z][\w+.-]*):\/\//i.exec(to) ?? []
  if (scheme !== undefined)
    throw usageError('--to', {
      expected:
        'an address of a kind that can be seeded: postgres://…, mysql://…, sqlite:file.db, duckdb:file.db, https://…',
      received: `one that begins with ${scheme}://`,
    })
  if (to === '-') return { is: 'stream', format: format ?? 'ndjson' }
  const [suffix = '', form = '', packed = ''] = /\.(\w+)(\.gz|\.zst)?$/.exec(basename(to).toLowerCase()) ?? []
  const compression = compressions[packed] ?? compressions[`.${form}`]
  const known = fileFormats.find((candidate) => candidate === form)
  const found = format ?? known
  if (!found)
    throw usageError('--to', {
      expected:
        'a name that ends in .ndjson, .json, .csv or .sql (and .gz or .zst) or in .parquet, sqlite:file.db, duckdb:file.db, postgres://…, mysql://…, https://…, or - for standard output',
      received: JSON.stringify(to),
      cure: 'Say --format for a file named otherwise.',
    })
  return { is: 'files', format: found, suffix: known || compression ? suffix : '', ...(compression && { compression }) }
}

/** Returns the form in which a destination is written unless `--as` says another: APIs' objects as JSON, tables as all else. */
export function usualForm(destination: Destination): 'api' | 'relational' | 'create' {
  if (destination.is === 'http') return 'create'
  return 'format' in destination && ['json', 'ndjson'].includes(destination.format) ? 'api' : 'relational'
}

/** Opens a destination. Nothing is written yet. */
export async function openTarget(
  destination: Destination,
  model: Model,
  options: OptionValues<'seed'> & { readonly concurrency: number },
): Promise<SeedTarget> {
  const { to, force, concurrency } = options
  if (destination.is === 'http') return httpTarget(...apiOf(model, options))
  if (destination.is === 'postgres') return postgresTarget(to, concurrency)
  if (destination.is === 'mysql') return mysqlTarget(to.replace(/^mariadb:/i, 'mysql:'))
  if (destination.is === 'sqlite') return sqliteTarget(destination.file)
  if (destination.is === 'duckdb') return duckdbTarget(destination.file)
  if (destination.is === 'parquet') return parquetTarget(to, force)
  const { format: encoding } = destination
  if (destination.is === 'stream') return streamTarget(process.stdout, { encoding })
  const { compression, suffix } = destination
  return filesTarget(to, { form: { encoding, ...(compression && { compression }) }, suffix, force })
}

/** Returns the address of an API, and how it is asked. @throws UsageError for a parameter that is required and not stated. */
function apiOf(model: Model, options: OptionValues<'seed'>): Parameters<typeof httpTarget> {
  const { baseUrl, authorization } = readValue('--to', options.to, optionKinds.address('url'))
  const { param: parameters = {}, concurrency, rate, retries, seed } = options
  const headers = {
    ...(authorization !== undefined && { authorization }),
    ...headersFrom({
      ...(options.headerFile && { files: options.headerFile }),
      ...(options.headerEnv && { variables: options.headerEnv }),
      ...(options.header && { flags: options.header }),
    }),
  }
  const missing = requiredOf(model).find((name) => parameters[name] === undefined)
  if (missing !== undefined)
    throw usageError('--param', { expected: `${missing}=…, which ${model.name} requires`, received: 'none' })
  const journal = options.journal ?? `.proforma-${new URL(baseUrl).host.replace(/\W+/g, '-')}-${model.name}-${seed}.db`
  return [
    baseUrl,
    { model, headers, parameters, journal, concurrency, retries, timeout: 30_000, ...(rate !== undefined && { rate }) },
  ]
}

const requiredOf = (model: Model): readonly string[] =>
  creationsOf(model).flatMap(({ create: { parameters } }) =>
    parameters
      .filter(({ in: place, required }) => required && (place === 'query' || place === 'path'))
      .map(({ name }) => name),
  )
