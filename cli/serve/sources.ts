import { dirname, join } from 'node:path'
import type { Scenarios } from '../../mocks/index.ts'
import { scenarioOf } from '../../mocks/server.ts'
import { failure, showing } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { modelsFor } from '../models.ts'
import { isFile, nameOf, readScenario } from './scenario-file.ts'
import type { Settings } from './settings.ts'

/** What is served, as files and built-in documents say now. */
export interface Sources {
  readonly models: readonly Model[]
  /** Scenarios of files, by name. */
  readonly scenarios: Scenarios
}

/** Reads what is to be served. @throws Failure for a file that cannot be read, or says what cannot be. */
export function readSources(settings: Settings): Sources {
  const files = (settings.scenario ?? []).filter(isFile)
  const scenarios = Object.fromEntries(files.map((file) => [nameOf(file), readScenario(file)]))
  if (Object.keys(scenarios).length < files.length)
    throw failure('read scenarios', { expected: 'files of different names', received: files.join(', ') })
  for (const name of scenarioNames(settings)) scenarioOf(name, scenarios)
  return { models: modelsFor(settings.names, settings).map((model) => showing(model, settings.optional)), scenarios }
}

/** Returns the names of the scenarios in which worlds begin. */
export const scenarioNames = ({ scenario: stated = [] }: Settings): string[] =>
  stated.map((scenario) => (isFile(scenario) ? nameOf(scenario) : scenario))

/** Returns the files that a user named, and those that are looked for beside them. */
export const filesOf = ({ document, overlay, scenario = [] }: Settings): string[] => [
  ...(document === undefined ? [] : [document, ...(overlay ?? [join(dirname(document), 'overlay.yaml')])]),
  ...scenario.filter(isFile),
]
