import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

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
export const documentOf = (name: string): string => join(apis, name, 'openapi.yaml')
