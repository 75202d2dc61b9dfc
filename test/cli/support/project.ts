import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newFolder } from './command.ts'

const packages = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/** Returns a new folder with files in it, and with the packages of this repository unless told otherwise. A text of `null` makes a folder. */
export function projectWith(files: Readonly<Record<string, string | null>>, { isInstalled = true } = {}): string {
  const root = newFolder()
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name)
    mkdirSync(text === null ? path : dirname(path), { recursive: true })
    if (text !== null) writeFileSync(path, text)
  }
  if (isInstalled) symlinkSync(packages, join(root, 'node_modules'))
  return root
}

/** Returns a package.json that depends on packages. */
export const manifest = (...names: readonly string[]): string =>
  JSON.stringify({
    private: true,
    type: 'module',
    devDependencies: Object.fromEntries(names.map((name) => [name, '*'])),
  })
