// Runs the replay command: serves recorded answers.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseRecording, replay } from '../contracts/index.ts'
import type { Recording } from '../contracts/index.ts'
import { serve } from '../mocks/server.ts'
import { failure } from '../spec/index.ts'
import { fileWithin } from '../spec/load.ts'
import { openModel } from './models.ts'
import { readTextFile } from './read-file.ts'
import type { OptionValues } from './options/table.ts'
import { plural, crashText, formatTable } from './terminal.ts'
import { serverLimitsOf } from './serve/mock-server.ts'
import { untilStopped } from './signals.ts'
import { printText, warnText } from './output.ts'

/**
 * Serves what `proxy --record` kept, until a signal comes, and returns 0. One API, under its own name, as mocks are.
 * @throws Failure for a folder that cannot be read, holds no recordings or other files named like one, or for none or two APIs.
 */
export async function replayCommand(
  names: readonly string[],
  options: OptionValues<'serve'> & { readonly replay: string },
): Promise<number> {
  const { port, host, replay: folder, document: documents = [], ...own } = options
  const named = [...names, ...documents]
  if (named.length > 1)
    throw failure('serve recordings', { expected: 'the one API they are of', received: named.join(', ') })
  const model = openModel(names[0], { ...own, ...(documents[0] !== undefined && { document: documents[0] }) })
  const recordings = readRecordings(folder)
  const prefix = `/${model.name}`
  const stopped = untilStopped()
  const server = await serve([{ prefix, title: model.title, model, fetch: replay(model, recordings) }], {
    ...serverLimitsOf(options),
    port,
    host,
    isAlone: true,
    onError: (error) => warnText(crashText(error)),
  })
  printText(
    `${formatTable([[model.name, server.url + prefix, `${plural(recordings.length, 'recording')} from ${folder}`]])}\n\nCtrl-C stops.\n`,
  )
  await stopped
  await server.close()
  return 0
}

/** Returns the recordings of a folder, in the order in which they were made. @throws Failure where there are none. */
export function readRecordings(folder: string): readonly Recording[] {
  let files: readonly string[]
  try {
    files = readdirSync(folder).filter((file) => /^\d+-.*\.json$/.test(file))
  } catch (error) {
    throw failure(`read ${folder}`, {
      expected: 'a folder of recordings',
      received: (error as NodeJS.ErrnoException).code ?? String(error),
    })
  }
  if (files.length === 0)
    throw failure(`read ${folder}`, {
      expected: 'recordings (0001-listInvoices.json)',
      received: 'none',
      cure: 'Make some with proforma proxy --record.',
    })
  const inOrder = files
    .map((file) => ({ file, number: Number.parseInt(file, 10) }))
    .sort((left, right) => left.number - right.number)
  return inOrder.map(({ file }) => {
    const path = fileWithin([folder], join(folder, file), 'Copy the file itself into the folder of --replay.')
    return parseRecording(readTextFile(path), path)
  })
}
