import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

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
