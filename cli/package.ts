// Finds the package's version, folders and built files.

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'

/** The package's folder: one floor up in the sources, two in what is bundled from them. */
const packageFolder =
  [join(import.meta.dirname, '..'), join(import.meta.dirname, '..', '..')].find((folder) =>
    existsSync(join(folder, 'package.json')),
  ) ?? import.meta.dirname

const apis = join(packageFolder, 'spec', 'apis')

/** Returns the package's version. */
export const version = (): string =>
  (JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }).version

/** Returns the file of a module, `cli/proxy/inspect`: its source, or what was built of it. */
export const moduleFile = (name: string): string => {
  const extension = extname(import.meta.filename)
  return join(packageFolder, extension === '.ts' ? '' : 'dist', name + extension)
}

/** Returns a folder of what was built. */
export const builtFolder = (name: string): string => join(packageFolder, 'dist', name)

/** Returns the names of the built-in APIs, without loading any. */
export const apiFolders = (): readonly string[] => (existsSync(apis) ? readdirSync(apis).toSorted() : [])

/** Returns the file that describes a built-in API. */
export const builtInDocument = (name: string): string => join(apis, name, 'openapi.yaml')

/**
 * Makes a folder, with those above it, and returns the topmost that was made. `mkdir` of Node with `recursive` never returns where the
 * folder above is there and nothing can be made in it, as in `/proc`.
 * @throws what the file system says.
 */
export function makeFolder(path: string): string | undefined {
  if (existsSync(path)) return undefined
  const above = dirname(path)
  const made = above === path ? undefined : makeFolder(above)
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return made ?? path
}
