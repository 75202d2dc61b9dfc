import { extname } from 'node:path'
import { ledgerOf } from '../factories/index.ts'
import { invoicesOf, json, ndjson, writeFile, writeStream } from '../seeds/index.ts'
import { formatDay, showing } from '../spec/index.ts'
import { misuse } from './misuse.ts'
import { openModel } from './models.ts'
import { readOptions } from './options/read.ts'
import type { Flags, Values } from './options/values.ts'
import { progressOn } from './progress.ts'
import { count, saySeeded } from './say.ts'
import { onStop } from './signals.ts'

const formats = { ndjson, json }

/**
 * Writes invoices, and returns 0, or 130 where a signal stopped it and nothing was left behind.
 * @throws Failure for what the command line states wrongly, or a file that cannot be written.
 */
export async function seedCommand(name: string | undefined, flags: Flags<'seed'>): Promise<number> {
  const options = readOptions('seed', flags)
  const { to, force, invoices, today, seed, optional } = options
  const format = formatOf(options)
  const model = showing(openModel(name, options), optional)
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
    // A reader that has seen enough (`| head`) is told nothing.
    if (done === invoices)
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

function formatOf({ to, format }: Values<'seed'>): keyof typeof formats {
  if (format !== undefined) return format
  if (to === '-') return 'ndjson'
  const found = (Object.keys(formats) as (keyof typeof formats)[]).find(
    (candidate) => extname(to).toLowerCase() === `.${candidate}`,
  )
  if (!found)
    throw misuse('--to', {
      expected: 'a name that ends in .ndjson or .json, or - for standard output',
      received: JSON.stringify(to),
      cure: 'Say --format ndjson or --format json for any other name.',
    })
  return found
}
