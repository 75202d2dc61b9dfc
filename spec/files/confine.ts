import { realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { failure } from '../failure.ts'

/**
 * Returns a path that a document, or what lies in a folder, has named; nothing outside of the folders is looked at, even to see
 * whether it is there.
 * @throws Failure for a path, or a link, that leads out of them.
 */
export function fileWithin(folders: readonly string[], path: string, cure: string): string {
  const isIn = (target: string) => (folder: string) => {
    const way = relative(folder, target)
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  }
  const leadsOut = (): Error =>
    failure(`read ${path}`, {
      expected: `a file in ${folders.map((folder) => resolve(folder)).join(' or ')}`,
      received: 'one outside of it',
      cure,
    })
  if (!folders.map((folder) => resolve(folder)).some(isIn(resolve(path)))) throw leadsOut()
  const real = realOf(path)
  if (real !== undefined && !folders.map((folder) => realOf(folder) ?? folder).some(isIn(real))) throw leadsOut()
  return path
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
