// Runs the mask command: turns a real export into demo data.

import { createHash, randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { exportMasker, isKept, maskedFile, writeFile, writeStream } from '../../seeds/index.ts'
import type { Compression, MaskedPlace } from '../../seeds/index.ts'
import { openModel } from '../models.ts'
import { warnLine, warnText } from '../output.ts'
import { readOptions } from '../options/read.ts'
import type { Flags } from '../options/table.ts'
import { count, formatTable, plural } from '../terminal.ts'
import { usageError } from '../usage-error.ts'

/**
 * Masks the objects of a file into another, says what became of every place, and returns 0.
 * @throws Failure for a file that cannot be read or written.
 */
export async function maskCommand(file: string, name: string | undefined, flags: Flags<'mask'>): Promise<number> {
  const isDocument = name !== undefined && /[/\\.]/.test(name)
  const options = readOptions('mask', isDocument ? { ...flags, document: name } : flags)
  const { to, seed, force, keep = [] } = options
  const api = isDocument ? undefined : name
  const hasModel = api !== undefined || options.document !== undefined || options.overlay !== undefined
  const masker = exportMasker({
    key: seed === undefined ? randomBytes(32) : createHash('sha256').update(`proforma mask ${seed}`).digest(),
    keep: new Set(keep),
    ...(hasModel && { model: openModel(api, options) }),
  })
  let objects = 0
  const counting = {
    ...masker,
    mask: (value: unknown) => (objects++, masker.mask(value)),
    places: () => masker.places(),
  }
  const chunks = maskedFile(file, counting, formOf(to))
  if (to === '-') await writeStream(process.stdout, chunks)
  else await writeFile(to, chunks, { force })
  const unused = keep.filter((place) => !masker.places().some((found) => found.place === place))
  if (unused.length > 0) warnLine(`--keep ${unused.join(', ')} did nothing: there is no such place.`)
  warnLine(
    `Masked ${plural(objects, 'object')} to ${to === '-' ? 'standard output' : to}${seed === undefined ? ' · another run gives other values: say --seed, and keep it to yourself, for the same' : ''}`,
  )
  warnText(sayPlaces(masker.places()))
  return 0
}

const compressions: Readonly<Record<string, Compression>> = { gz: 'gzip', zst: 'zstd' }

function formOf(to: string): { readonly form: 'ndjson' | 'json'; readonly compression?: Compression } {
  if (to === '-') return { form: 'ndjson' }
  const [, form = '', packed = ''] = /\.(ndjson|jsonl|json)(?:\.(gz|zst))?$/i.exec(basename(to)) ?? []
  if (form === '')
    throw usageError('--to', {
      expected: 'a name that ends in .ndjson or .json (and .gz or .zst), or - for standard output',
      received: JSON.stringify(to),
    })
  const compression = compressions[packed.toLowerCase()]
  return { form: form.toLowerCase() === 'json' ? 'json' : 'ndjson', ...(compression && { compression }) }
}

/** Returns what became of every place: what nothing is known of comes last, because somebody has to look at it. */
function sayPlaces(places: readonly MaskedPlace[]): string {
  const table = (heading: string, wanted: (kind: MaskedPlace['kind']) => boolean): string => {
    const rows = places.filter(({ kind }) => wanted(kind))
    return rows.length === 0
      ? ''
      : `\n${heading}\n${formatTable(rows.map(({ place, kind, values }) => ['', place === '' ? '(the value)' : place, kind, count(values)]))}\n`
  }
  const stays = (kind: MaskedPlace['kind']): boolean => kind === 'stated' || isKept(kind)
  return [
    table('Kept as it is', stays),
    table('Replaced', (kind) => !stays(kind) && kind !== 'unknown'),
    table(
      'Not classified, and scrambled: look at these, and say --keep for what tells of nobody',
      (kind) => kind === 'unknown',
    ),
  ]
    .join('')
    .trimEnd()
}
