import { extname } from 'node:path'
import { greatestSize, ledgerOf } from '../factories/index.ts'
import { invoicesOf, json, ndjson, writeFile, writeStream } from '../seeds/index.ts'
import { formatDay, showing } from '../spec/index.ts'
import { day } from './day.ts'
import { misuse } from './misuse.ts'
import { openModel } from './models.ts'
import type { OwnDocument } from './models.ts'
import { optionalOf } from './optional.ts'
import { progressOn } from './progress.ts'
import { count, saySeeded } from './say.ts'
import { seedOf } from './seed-of.ts'
import { onStop } from './signals.ts'
import { whole } from './whole.ts'
import { word } from './word.ts'

/** Options of `proforma seed`, as the command line has them. */
export interface SeedFlags extends OwnDocument {
  readonly to: string
  readonly invoices: string
  readonly seed: string
  readonly today: string
  readonly format?: string
  readonly force?: boolean
  readonly optional?: string
}

const formats = { ndjson, json }

/**
 * Writes invoices, and returns 0, or 130 where a signal stopped it and nothing was left behind.
 * @throws Failure for what the command line states wrongly, or a file that cannot be written.
 */
export async function seedCommand(name: string | undefined, flags: SeedFlags): Promise<number> {
  const { to, force = false } = flags
  const invoices = whole('--invoices', flags.invoices, { least: 0, most: greatestSize })
  const today = day('--today', flags.today)
  const format = formatOf(flags)
  const seed = seedOf(flags.seed)
  const model = showing(openModel(name, flags), optionalOf(flags))
  const progress = progressOn(process.stderr, invoices)
  let done = 0
  function* watched(texts: Iterable<string>): Generator<string, void, void> {
    for (const text of texts) {
      yield text
      progress.show(++done, `${count(done)} of ${count(invoices)}`)
    }
  }
  const chunks = formats[format](watched(invoicesOf(model, ledgerOf({ seed, invoices, today }))))
  const stop = new AbortController()
  // A pipe has nothing to tidy up.
  const forget = to === '-' ? () => undefined : onStop(() => stop.abort())
  try {
    const bytes =
      to === '-'
        ? await writeStream(process.stdout, chunks)
        : await writeFile(to, chunks, { force, signal: stop.signal })
    progress.clear()
    console.error(saySeeded({ api: model.name, to, invoices: done, bytes, seed, today: formatDay(today) }))
    return 0
  } catch (error) {
    progress.clear()
    if (stop.signal.aborted) return 130
    throw error
  } finally {
    forget()
  }
}

function formatOf({ to, format }: SeedFlags): keyof typeof formats {
  const known = Object.keys(formats) as (keyof typeof formats)[]
  if (format !== undefined) return word('--format', format, known)
  if (to === '-') return 'ndjson'
  const found = known.find((candidate) => extname(to).toLowerCase() === `.${candidate}`)
  if (!found)
    throw misuse('--to', {
      expected: 'a name that ends in .ndjson or .json, or - for standard output',
      received: JSON.stringify(to),
      cure: 'Say --format ndjson or --format json for any other name.',
    })
  return found
}
