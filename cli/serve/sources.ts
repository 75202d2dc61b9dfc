import { basename, dirname, extname, join } from 'node:path'
import type { HttpHandler } from 'msw/http'
import type { Scenarios } from '../../mocks/index.ts'
import { scenarioOf } from '../../mocks/server.ts'
import { apiNames, failure, isRemote, loadBuiltIn, showing } from '../../spec/index.ts'
import type { ApiName, Model } from '../../spec/index.ts'
import { withRows } from './rows.ts'
import type { Settings } from './settings.ts'

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
export async function readSources(settings: Settings): Promise<Sources> {
  const files = (settings.scenario ?? []).filter(isFile)
  const scenarios = files.length > 0 ? await readScenarios(files) : {}
  for (const name of scenarioNames(settings)) scenarioOf(name, scenarios)
  const models = await readModels(settings)
  const handlers =
    settings.handlers === undefined ? [] : await (await import('./own-handlers.ts')).readHandlers(settings.handlers)
  return {
    models: withRows(models, settings.rows).map((model) => showing(model, settings.optional)),
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

async function readModels(settings: Settings): Promise<readonly Model[]> {
  const { names, document, overlay } = settings
  const areBuiltIn = (document ?? []).length === 0 && overlay === undefined && names.every((name) => known.has(name))
  if (!areBuiltIn) return (await import('../models.ts')).modelsFor(names, settings)
  return Promise.all([...new Set(names.length > 0 ? names : apiNames)].map(loadBuiltIn))
}

const known: ReadonlySet<string> = new Set<ApiName>(apiNames)

/** Returns the names of the scenarios in which worlds begin. */
export const scenarioNames = ({ scenario: stated = [] }: Settings): string[] =>
  stated.map((scenario) => (isFile(scenario) ? nameOf(scenario) : scenario))

/** Returns the files that a user named, those that they name, and those that are looked for beside them. */
export const filesOf = (
  { document = [], overlay, scenario = [], handlers }: Settings,
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
