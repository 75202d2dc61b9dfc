import { basename } from 'node:path'
import {
  duckdbTarget,
  filesTarget,
  parquetTarget,
  postgresTarget,
  sqliteTarget,
  streamTarget,
} from '../../seeds/index.ts'
import type { Compression, EncodingName, Target } from '../../seeds/index.ts'
import { misuse } from '../misuse.ts'

/** What `--to` names, as far as its text tells. */
export type Destination =
  | { readonly is: 'stream'; readonly format: FileFormat }
  | { readonly is: 'files'; readonly format: FileFormat; readonly suffix: string; readonly compression?: Compression }
  | { readonly is: 'sqlite'; readonly file: string }
  | { readonly is: 'duckdb'; readonly file: string }
  | { readonly is: 'parquet' }
  | { readonly is: 'postgres' }

/** Forms of files. */
const fileFormats = ['ndjson', 'json', 'csv', 'sql'] as const satisfies readonly EncodingName[]
type FileFormat = (typeof fileFormats)[number]

const compressions: Readonly<Record<string, Compression>> = { '.gz': 'gzip', '.zst': 'zstd' }

/**
 * Returns what `--to` names.
 * @throws Misuse for a name of no known form.
 */
export function destinationOf(to: string, format: FileFormat | undefined): Destination {
  const [, kind = '', file = ''] = /^(sqlite|duckdb):(?:\/\/)?(.+)$/i.exec(to) ?? []
  if (file !== '') return kind.toLowerCase() === 'sqlite' ? { is: 'sqlite', file } : { is: 'duckdb', file }
  if (/\.parquet$/i.test(to) && format === undefined) return { is: 'parquet' }
  if (/^postgres(?:ql)?:\/\//i.test(to)) return { is: 'postgres' }
  // What is in an address may be secret.
  const [, scheme] = /^([a-z][\w+.-]*):\/\//i.exec(to) ?? []
  if (scheme !== undefined)
    throw misuse('--to', {
      expected: 'an address of a kind that can be seeded: postgres://…, sqlite:file.db, duckdb:file.db',
      received: `one that begins with ${scheme}://`,
    })
  if (to === '-') return { is: 'stream', format: format ?? 'ndjson' }
  const [suffix = '', form = '', packed = ''] = /\.(\w+)(\.gz|\.zst)?$/.exec(basename(to).toLowerCase()) ?? []
  const compression = compressions[packed] ?? compressions[`.${form}`]
  const known = fileFormats.find((candidate) => candidate === form)
  const found = format ?? known
  if (!found)
    throw misuse('--to', {
      expected:
        'a name that ends in .ndjson, .json, .csv or .sql (and .gz or .zst) or in .parquet, sqlite:file.db, duckdb:file.db, postgres://…, or - for standard output',
      received: JSON.stringify(to),
      cure: 'Say --format for a file named otherwise.',
    })
  return { is: 'files', format: found, suffix: known || compression ? suffix : '', ...(compression && { compression }) }
}

/** Returns the form in which a destination is written unless `--as` says another: APIs' objects as JSON, tables as all else. */
export const usualForm = (destination: Destination): 'api' | 'relational' =>
  'format' in destination && ['json', 'ndjson'].includes(destination.format) ? 'api' : 'relational'

/** Opens a destination. Nothing is written yet. */
export async function openTarget(
  to: string,
  destination: Destination,
  { force, lanes }: { readonly force: boolean; readonly lanes: number },
): Promise<Target> {
  if (destination.is === 'postgres') return postgresTarget(to, lanes)
  if (destination.is === 'sqlite') return sqliteTarget(destination.file)
  if (destination.is === 'duckdb') return duckdbTarget(destination.file)
  if (destination.is === 'parquet') return parquetTarget(to, force)
  const { format: encoding } = destination
  if (destination.is === 'stream') return streamTarget(process.stdout, { encoding })
  const { compression, suffix } = destination
  return filesTarget(to, { form: { encoding, ...(compression && { compression }) }, suffix, force })
}
