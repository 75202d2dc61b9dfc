// Runs the resources command: prints the resources of a document.

import { resourcesOf } from '../spec/index.ts'
import type { Resource, Resources } from '../spec/index.ts'
import { openModel } from './models.ts'
import { readOptions } from './options/read.ts'
import type { Flags } from './options/table.ts'
import { formatSection } from './terminal.ts'
import { printText } from './output.ts'

/**
 * Prints the resources that are found in a document, each with its operations, identity, relations and pages, and the
 * operations that belong to none; returns 0.
 * @throws Failure for an unknown name, or a document that cannot be read or compiled.
 */
export async function resourcesCommand(name: string | undefined, flags: Flags<'resources'>): Promise<number> {
  const model = openModel(name, readOptions('resources', flags))
  printText(describe(resourcesOf(model)))
  return 0
}

function describe({ resources, unknown }: Resources): string {
  const rest = unknown.map(({ operation: { method, path }, why }) => [`${method} ${path}`, why])
  return [
    ...resources.map((resource) =>
      formatSection(headingOf(resource), [...operationsOf(resource), ...factsOf(resource)]),
    ),
    ...(rest.length > 0 ? [formatSection('not understood: each answers a sample of its schema', rest)] : []),
  ].join('\n\n')
}

const headingOf = ({ name, path, singleton, parent }: Resource): string =>
  `${name} (${singleton ? 'one' : 'many'}${parent === undefined ? '' : ` of each of ${parent}`}) ${path}`

const operationsOf = ({ operations }: Resource): string[][] =>
  operations.map(({ does, verb, operation: { method, path } }) => [verb ?? does, `${method} ${path}`])

function factsOf({ identity, relations, operations }: Resource): string[][] {
  const paging = operations.find((operation) => operation.paging)?.paging
  const parameters = Object.entries(paging?.parameters ?? {}).map(([is, { name }]) => `${is} by ${name}`)
  const targets = relations.map(({ path, resource, property }) => {
    const target = property ? `${resource}.${property.join('.')}` : resource
    return `${path.join('.')} → ${target}`
  })
  return [
    ['identity', identity?.join('.') ?? 'none'],
    ...(parameters.length > 0 ? [['pages', parameters.join(', ')]] : []),
    ...(targets.length > 0 ? [['keys', targets.join(', ')]] : []),
  ]
}
