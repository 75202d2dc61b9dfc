import { watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { Failure } from '../../spec/index.ts'
import { sayError, sayStack } from '../say.ts'
import { sayReloaded } from '../say-mocks.ts'
import type { Settings } from './settings.ts'
import { filesOf, readSources } from './sources.ts'
import type { Sources } from './sources.ts'

/** Milliseconds in which an editor has written all it writes at once. */
const settling = 80

/**
 * Reads the files that the command line names again when they change, and tells what they say then. What cannot be read is said, and
 * nothing else happens. Folders are watched, not files: an editor puts another file
 * in place of the old one. Prism reads its documents once.
 */
export function watchFiles(settings: Settings, sources: Sources, show: (sources: Sources) => void): { close(): void } {
  const files = new Map<string, Set<string>>()
  for (const file of settings.watch && settings.engine === 'native'
    ? filesOf(settings, sources).map((name) => resolve(name))
    : [])
    files.set(dirname(file), (files.get(dirname(file)) ?? new Set()).add(basename(file)))
  let timer: NodeJS.Timeout | undefined
  const again = async (isSure: boolean): Promise<void> => {
    try {
      show(await readSources(settings))
      process.stdout.write(sayReloaded())
    } catch (error) {
      // Some editors empty a file before they fill it.
      if (!isSure) timer = setTimeout(() => void again(true), settling)
      else console.error(error instanceof Failure ? sayError(error.message) : sayStack(error))
    }
  }
  const watchers = [...files].flatMap(([folder, names]) =>
    watchFolder(folder, (name) => {
      if (name !== null && !names.has(name)) return
      clearTimeout(timer)
      timer = setTimeout(() => void again(false), settling)
    }),
  )
  return {
    close() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}

/** A folder that cannot be watched, or is no more, is none: the files in it are served as they were. */
function watchFolder(folder: string, changed: (name: string | null) => void): FSWatcher[] {
  try {
    return [watch(folder, { persistent: false }, (_, name) => changed(name)).on('error', () => undefined)]
  } catch {
    return []
  }
}
