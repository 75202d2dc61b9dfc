// Reads recorded exchanges from a HAR file or from files of bodies.

import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bodyExchanges, harExchanges } from '../../contracts/index.ts'
import type { BodyFile, RecordedExchange } from '../../contracts/index.ts'
import { failure } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { fileWithin } from '../../spec/load.ts'
import { readTextFile } from '../read-file.ts'

/** Where something recorded is. */
export interface RecordedAt {
  readonly form: 'har' | 'bodies'
  readonly path: string
}

/** Returns the exchanges of an HTTP Archive, or of a file or folder of bodies. @throws Failure for what cannot be read. */
export function recordedIn(model: Model, { form, path }: RecordedAt): readonly RecordedExchange[] {
  return form === 'har' ? harExchanges(readTextFile(path), path) : bodyExchanges(model, bodiesIn(path))
}

function bodiesIn(path: string): readonly BodyFile[] {
  if (!attempt(path, () => statSync(path)).isDirectory()) return [{ name: path, text: readTextFile(path) }]
  const names = attempt(path, () => namesIn(path))
    .filter((name) => /\.json$/i.test(name))
    .toSorted()
  if (names.length === 0)
    throw failure(`read ${path}`, {
      expected: 'JSON files',
      received: 'none',
      cure: 'Name them after the operationId: listInvoices-1.json.',
    })
  const cure = 'Copy the file itself into the folder, or name it with --bodies.'
  return names.map((name) => ({
    name: join(basename(path), name).replaceAll('\\', '/'),
    text: readTextFile(fileWithin([path], join(path, name), cure)),
  }))
}

/** Node's own walk follows links to folders, which may go round in circles. */
const namesIn = (path: string, folder = ''): readonly string[] =>
  readdirSync(join(path, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = join(folder, entry.name)
    return entry.isDirectory() ? namesIn(path, name) : [name]
  })

function attempt<T>(path: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw failure(`read ${path}`, {
      expected: 'a readable file',
      received: (error as NodeJS.ErrnoException).code ?? String(error),
    })
  }
}
