// Compares what any object of a document may say: that it is deprecated, and fields that nothing else compares.

import { isObject, resolve } from '../../spec/index.ts'
import type { Model, Pointer } from '../../spec/index.ts'
import type { ChangeNotes } from './change.ts'
import { isSame } from './keywords.ts'

/** What other parts of the comparison know of each object of OpenAPI, and what only people read. */
const comparedFields = {
  document: 'openapi info paths components servers security tags webhooks',
  operation: 'operationId parameters requestBody responses callbacks security deprecated tags servers',
  parameter: 'name in required schema content style explode deprecated',
  requestBody: 'content required',
  response: 'content headers',
  header: 'schema content required deprecated style explode',
  mediaType: 'schema',
  securityScheme: 'type in name scheme deprecated',
  server: 'url',
} as const
const readByPeople = new Set(['title', 'summary', 'description', 'example', 'examples', 'externalDocs'])

/** Returns what a document says at a pointer, references followed. */
export function objectAt({ document }: Model, pointer: Pointer): Readonly<Record<string, unknown>> {
  const { value } = resolve(document, pointer)
  return isObject(value) ? value : {}
}

/** Notes each field of two objects that differs and that nothing else compares: nobody is told that nothing has changed. */
export function compareRest(
  notes: ChangeNotes,
  kind: keyof typeof comparedFields,
  what: string,
  here: { readonly old: Pointer; readonly now: Pointer },
): void {
  const [old, now] = [objectAt(notes.before, here.old), objectAt(notes.after, here.now)]
  const compared = comparedFields[kind].split(' ')
  for (const field of new Set([...Object.keys(old), ...Object.keys(now)]))
    if (
      !compared.includes(field) &&
      !readByPeople.has(field) &&
      !field.startsWith('x-') &&
      field !== '$ref' &&
      !isSame(old[field], now[field])
    )
      notes.note('risky', 'not-compared', `${what} has another ${field}: changed, not compared`, here)
}

/** Notes where an object begins or ends to be deprecated. */
export function compareDeprecation(
  notes: ChangeNotes,
  what: string,
  here: { readonly old: Pointer; readonly now: Pointer },
  code = 'deprecated',
): void {
  const was = objectAt(notes.before, here.old).deprecated === true
  const is = objectAt(notes.after, here.now).deprecated === true
  if (was !== is)
    notes.note(
      is ? 'risky' : 'safe',
      code,
      `${what} is ${is ? 'now deprecated: it may go away' : 'no longer deprecated'}`,
      here,
    )
}
