import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const spec = fileURLToPath(new URL('../../spec/', import.meta.url))
const made = join(spec, 'documents', 'documents.ts')
const words = fileURLToPath(new URL('../../factories/ledger/words/en.ts', import.meta.url))

/** Makes the modules that are made, where that has not been done: those of the built-in documents, since they changed. */
export async function setup(): Promise<void> {
  if (!existsSync(words)) await import('../../factories/bundle.ts')
  if (existsSync(made) && statSync(made).mtimeMs > changedAt(join(spec, 'apis'))) return
  await import('../../spec/bundle.ts')
}

const changedAt = (folder: string): number =>
  Math.max(...readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, String(name))).mtimeMs))
