// Runs the export-examples command: writes a document with named examples.

import { extname } from 'node:path'
import { fittingBooks, ledgerOf } from '../factories/index.ts'
import { withExamples } from '../mocks/index.ts'
import { writeText } from './write-text.ts'
import { formatDay, showing } from '../spec/index.ts'
import type { Document } from '../spec/index.ts'
import { ledgerOptionsOf } from './options/invoices.ts'
import { usageError } from './usage-error.ts'
import { openModel } from './models.ts'
import { readOptions } from './options/read.ts'
import type { Flags, OptionValues } from './options/table.ts'
import { sayExported } from './terminal.ts'
import { documentAsYaml } from './yaml.ts'
import { warnLine } from './output.ts'

const formats = {
  yaml: documentAsYaml,
  json: (document: Document) => `${JSON.stringify(document, null, 2)}\n`,
} as const

/**
 * Writes a document with examples, and returns 0.
 * @throws Failure for what the command line states wrongly, or a file that cannot be written.
 */
export async function exportExamplesCommand(
  name: string | undefined,
  flags: Flags<'export-examples'>,
): Promise<number> {
  const options = readOptions('export-examples', flags)
  const { to, force, today, seed, optional } = options
  const format = formatOf(options)
  const model = showing(openModel(name, options), optional)
  const text = formats[format](
    await withExamples(model, ledgerOf({ ...fittingBooks(model), ...ledgerOptionsOf(options) })),
  )
  const bytes = await writeText(to, text, { force })
  warnLine(sayExported({ api: model.name, to, bytes, seed, today: formatDay(today) }))
  return 0
}

function formatOf({ to, format }: OptionValues<'export-examples'>): keyof typeof formats {
  if (format !== undefined) return format
  const extension = extname(to).toLowerCase()
  if (to === '-' || extension === '.yaml' || extension === '.yml') return 'yaml'
  if (extension === '.json') return 'json'
  throw usageError('--to', {
    expected: 'a name that ends in .yaml, .yml or .json, or - for standard output',
    received: JSON.stringify(to),
    cure: 'Say --format yaml or --format json for any other name.',
  })
}
