import { extname } from 'node:path'
import { greatestSize, ledgerOf } from '../factories/index.ts'
import { withExamples } from '../mocks/index.ts'
import { writeFile, writeStream } from '../seeds/index.ts'
import { formatDay, showing } from '../spec/index.ts'
import type { Document } from '../spec/index.ts'
import { day } from './day.ts'
import { misuse } from './misuse.ts'
import { openModel } from './models.ts'
import type { OwnDocument } from './models.ts'
import { optionalOf } from './optional.ts'
import { sayExported } from './say-mocks.ts'
import { seedOf } from './seed-of.ts'
import { whole } from './whole.ts'
import { word } from './word.ts'
import { yamlOf } from './yaml-of.ts'

/** Options of `proforma export-examples`, as the command line has them. */
export interface ExportExamplesFlags extends OwnDocument {
  readonly to: string
  readonly invoices: string
  readonly seed: string
  readonly today: string
  readonly format?: string
  readonly force?: boolean
  readonly optional?: string
}

const formats = {
  yaml: yamlOf,
  json: (document: Document) => `${JSON.stringify(document, null, 2)}\n`,
} as const

/**
 * Writes a document with examples, and returns 0.
 * @throws Failure for what the command line states wrongly, or a file that cannot be written.
 */
export async function exportExamplesCommand(name: string | undefined, flags: ExportExamplesFlags): Promise<number> {
  const { to, force = false } = flags
  const invoices = whole('--invoices', flags.invoices, { least: 0, most: Math.min(greatestSize, 10_000_000) })
  const today = day('--today', flags.today)
  const format = formatOf(flags)
  const seed = seedOf(flags.seed)
  const model = showing(openModel(name, flags), optionalOf(flags))
  const text = formats[format](await withExamples(model, ledgerOf({ seed, invoices, today })))
  const bytes = to === '-' ? await writeStream(process.stdout, once(text)) : await writeFile(to, once(text), { force })
  console.error(sayExported({ api: model.name, to, bytes, seed, today: formatDay(today) }))
  return 0
}

function formatOf({ to, format }: ExportExamplesFlags): keyof typeof formats {
  if (format !== undefined) return word('--format', format, ['yaml', 'json'])
  const extension = extname(to).toLowerCase()
  if (to === '-' || extension === '.yaml' || extension === '.yml') return 'yaml'
  if (extension === '.json') return 'json'
  throw misuse('--to', {
    expected: 'a name that ends in .yaml, .yml or .json, or - for standard output',
    received: JSON.stringify(to),
    cure: 'Say --format yaml or --format json for any other name.',
  })
}

async function* once(text: string): AsyncGenerator<string, void, void> {
  yield text
}
