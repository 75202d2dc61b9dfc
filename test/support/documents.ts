import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const spec = fileURLToPath(new URL('../../spec/', import.meta.url))
const made = join(spec, 'documents', 'documents.ts')

/** Bundles the built-in documents where that has not been done since they changed. */
export async function setup(): Promise<void> {
  if (existsSync(made) && statSync(made).mtimeMs > changedAt(join(spec, 'apis'))) return
  await import('../../spec/bundle.ts')
}

const changedAt = (folder: string): number =>
  Math.max(...readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, String(name))).mtimeMs))
