// Runs the init command: adds mocks to a user's project.

import { join, relative } from 'node:path'
import { apiNames } from '../spec/index.ts'
import { projectOf, workerOf } from './init/project.ts'
import { apiTargets, starterOf, starterPath, stepsFor } from './init/starter.ts'
import { writeFiles } from './init/write-all.ts'
import { readOptions } from './options/read.ts'
import type { Flags } from './options/table.ts'
import { sayStarted } from './terminal.ts'
import { printText } from './output.ts'

/**
 * Puts the service worker and a mocks file into a project, says what to add where, and returns 0.
 * @throws Failure for an unknown API, an address that is none, a folder that is none, no MSW 3, or files that exist; nothing is written then.
 */
export async function initCommand(folder: string, flags: Flags<'init'>): Promise<number> {
  const { api = apiNames, baseUrl, force } = readOptions('init', flags)
  const apis = apiTargets(api, baseUrl)
  const project = projectOf(folder)
  const starter = starterPath(project)
  const { written, kept } = await writeFiles(
    [
      { path: join(folder, 'mockServiceWorker.js'), text: workerOf(project.root) },
      { path: starter, text: starterOf(project, apis) },
    ],
    { force },
  )
  const shown = ({ path }: { readonly path: string }): string => relative('', path)
  printText(sayStarted({ written: written.map(shown), kept: kept.map(shown), steps: stepsFor(project, starter, apis) }))
  return 0
}
