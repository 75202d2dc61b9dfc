// Runs the lint command: lists the mistakes of documents.

import { sentencesOf } from '../spec/index.ts'
import { modelFor } from './models.ts'
import { readOptions } from './options/read.ts'
import type { Flags } from './options/table.ts'
import { plural } from './terminal.ts'
import { diagnosticsWithOperations } from './diagnostics.ts'
import { printLine } from './output.ts'

/**
 * Prints everything that is wrong with a document, each with its file, line and pointer, and returns 0 where nothing is, else 1.
 * @throws Failure for an unknown name, or what is no OpenAPI document.
 */
export async function lintCommand(name: string | undefined, flags: Flags<'lint'>): Promise<number> {
  const model = modelFor(name, { ...readOptions('lint', flags), isEveryOne: true })
  const diagnostics = diagnosticsWithOperations(model)
  for (const sentence of sentencesOf(diagnostics, model.locate, Infinity)) printLine(sentence)
  const left = model.lost.length > 0 ? `, ${plural(model.lost.length, 'operation')} left out` : ''
  printLine(
    `${model.title}: ${plural(model.operations.length, 'operation')}${left}, ${plural(diagnostics.length, 'mistake')}`,
  )
  return diagnostics.length > 0 ? 1 : 0
}
