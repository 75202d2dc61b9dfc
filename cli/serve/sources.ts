// Reads documents, scenarios and handlers to serve, and reads them again when files change.

import { basename, dirname, extname, join, resolve } from 'node:path'
import { watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import type { HttpHandler } from 'msw/http'
import type { Scenarios } from '../../mocks/index.ts'
import { scenarioOf } from '../../mocks/server.ts'
import { apiNames, failure, Failure, isRemote, loadBuiltIn, resourcesOf, showing, suggest } from '../../spec/index.ts'
import type { ApiName, Model } from '../../spec/index.ts'
import type { ServeSettings } from '../serve.ts'
import { usageError } from '../usage-error.ts'
import { crashText, styledError, sayReloaded } from '../terminal.ts'
import { printText, warnText } from '../output.ts'

/** What is served, as files and built-in documents say now. */
export interface Sources {
  readonly models: readonly Model[]
  /** Scenarios of files, by name. */
  readonly scenarios: Scenarios
  /** Handlers that answer before the mocks do. */
  readonly handlers: readonly HttpHandler[]
}

/** Tells whether `--scenario` names a file. */
const isFile = (scenario: string): boolean => /\.(?:ya?ml|json)$/i.test(scenario)

/** Returns the name of the scenario in a file: the file's own. */
const nameOf = (file: string): string => basename(file, extname(file))

/**
 * Reads what is to be served; what reads files is loaded where there are any.
 * @throws Failure for a file that cannot be read, or says what cannot be.
 */
export async function readSources(settings: ServeSettings): Promise<Sources> {
  const files = (settings.scenario ?? []).filter(isFile)
  const scenarios = files.length > 0 ? await readScenarios(files) : {}
  for (const name of scenarioNames(settings)) scenarioOf(name, scenarios)
  const models = await readModels(settings)
  const handlers =
    settings.handlers === undefined ? [] : await (await import('./own-handlers.ts')).readHandlers(settings.handlers)
  return {
    models: withRowCounts(models, settings.rows).map((model) => showing(model, settings.optional)),
    scenarios,
    handlers,
  }
}

async function readScenarios(files: readonly string[]): Promise<Scenarios> {
  const { readScenario } = await import('./scenario-file.ts')
  const scenarios = Object.fromEntries(files.map((file) => [nameOf(file), readScenario(file)]))
  if (Object.keys(scenarios).length === files.length) return scenarios
  throw failure('read scenarios', { expected: 'files of different names', received: files.join(', ') })
}

async function readModels(settings: ServeSettings): Promise<readonly Model[]> {
  const { names, document, overlay } = settings
  const areBuiltIn = (document ?? []).length === 0 && overlay === undefined && names.every((name) => known.has(name))
  if (!areBuiltIn) return (await import('../models.ts')).modelsFor(names, settings)
  return Promise.all([...new Set(names.length > 0 ? names : apiNames)].map(loadBuiltIn))
}

const known: ReadonlySet<string> = new Set<ApiName>(apiNames)

/** Returns the names of the scenarios in which worlds begin. */
export const scenarioNames = ({ scenario: stated = [] }: ServeSettings): string[] =>
  stated.map((scenario) => (isFile(scenario) ? nameOf(scenario) : scenario))

/** Returns the files that a user named, those that they name, and those that are looked for beside them. */
const watchedFiles = (
  { document = [], overlay, scenario = [], handlers }: ServeSettings,
  { models }: Sources,
): string[] => [
  ...document
    .filter((name) => name !== '-' && !isRemote(name))
    .flatMap((name) => [name, ...(overlay ?? [join(dirname(name), 'overlay.yaml')])]),
  // Those of built-in APIs do not change.
  ...(document.length > 0 ? models.flatMap(({ files }) => files) : []),
  ...scenario.filter(isFile),
  ...(handlers === undefined ? [] : [handlers]),
]

const mostRows = 100_000

/**
 * Returns models whose resources have as many items as `--rows plans=200` says.
 * @throws UsageError for a resource that none of them has, and for what is no number of items.
 */
export function withRowCounts(
  models: readonly Model[],
  given: Readonly<Record<string, string>> | undefined,
): readonly Model[] {
  const stated = Object.entries(given ?? {})
  if (stated.length === 0) return models
  const namesIn = (model: Model): readonly string[] => resourcesOf(model).resources.map(({ name }) => name)
  const all = models.map((model) => ({ model, names: namesIn(model) }))
  for (const [name, count] of stated) {
    if (!/^\d+$/.test(count) || Number(count) > mostRows)
      throw usageError(`--rows ${name}`, {
        expected: `a whole number, at most ${mostRows}`,
        received: JSON.stringify(count),
      })
    const known = all.flatMap(({ names }) => names)
    if (!known.includes(name))
      throw usageError('--rows', {
        expected: 'a resource of what is served',
        received: JSON.stringify(name),
        cure: suggest(name, known) || `Known are: ${known.join(', ')}.`,
      })
  }
  return all.map(({ model, names }) => {
    const own = stated.filter(([name]) => names.includes(name)).map(([name, count]) => [name, Number(count)] as const)
    if (own.length === 0) return model
    const rows = { ...model.representation.rows, ...Object.fromEntries(own) }
    return { ...model, representation: { ...model.representation, rows } }
  })
}

/** Milliseconds in which an editor has written all it writes at once. */
const settling = 80

/**
 * Reads the files that the command line names again when they change, and tells what they say then. What cannot be read is said, and
 * nothing else happens. Folders are watched, not files: an editor puts another file
 * in place of the old one. Prism reads its documents once.
 */
export function watchSources(
  settings: ServeSettings,
  sources: Sources,
  show: (sources: Sources) => void,
): { close(): void } {
  const files = new Map<string, Set<string>>()
  for (const file of settings.watch && settings.engine === 'native'
    ? watchedFiles(settings, sources).map((name) => resolve(name))
    : [])
    files.set(dirname(file), (files.get(dirname(file)) ?? new Set()).add(basename(file)))
  let timer: NodeJS.Timeout | undefined
  const again = async (isSure: boolean): Promise<void> => {
    try {
      show(await readSources(settings))
      printText(sayReloaded())
    } catch (error) {
      // Some editors empty a file before they fill it.
      if (!isSure) timer = setTimeout(() => void again(true), settling)
      else warnText(error instanceof Failure ? styledError(error.message) : crashText(error))
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
