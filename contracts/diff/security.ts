// Compares security requirements, schemes and all fields that nothing else compares.

import { isObject, join, resolve } from '../../spec/index.ts'
import type { Model, Operation, Pointer } from '../../spec/index.ts'
import type { ChangeNotes } from './change.ts'
import { isSame } from './keywords.ts'

/** Notes which credentials let in no more, or as well, and which scopes they need. */
export function compareSecurity(notes: ChangeNotes, old: Operation, now: Operation): void {
  const key = (schemes: readonly string[]): string => [...schemes].sort().join(' and ') || 'none'
  const before = old.security.length === 0 ? ['none'] : old.security.map(key)
  const after = now.security.length === 0 ? ['none'] : now.security.map(key)
  const lost = before.filter((schemes) => !after.includes(schemes))
  const gained = after.filter((schemes) => !before.includes(schemes))
  const here = { old: old.pointer, now: now.pointer }
  if (lost.length > 0 && !after.includes('none'))
    notes.note('breaking', 'security-narrowed', `credentials ${lost.join(', ')} no longer let in`, here)
  if (gained.length > 0 && (lost.length === 0 || after.includes('none')))
    notes.note('safe', 'security-widened', `credentials ${gained.join(', ')} let in, too`, here)
  const [was, is] = [scopesOf(notes.before, old), scopesOf(notes.after, now)]
  for (const scope of is)
    if (
      !was.includes(scope) &&
      before.some((schemes) => schemes.split(' and ').includes(scope.split(' ')[0] as string))
    )
      notes.note('breaking', 'scope-added', `credentials now need the scope ${scope}`, here)
  for (const scope of was)
    if (!is.includes(scope) && after.some((schemes) => schemes.split(' and ').includes(scope.split(' ')[0] as string)))
      notes.note('safe', 'scope-removed', `credentials no longer need the scope ${scope}`, here)
}

/** `oauth invoices:read` */
function scopesOf(model: Model, { pointer }: Operation): readonly string[] {
  const own = objectAt(model, pointer).security ?? model.document.security
  const options: readonly unknown[] = Array.isArray(own) ? own : []
  return options.flatMap((option) =>
    Object.entries(isObject(option) ? option : {}).flatMap(([name, scopes]) =>
      Array.isArray(scopes) ? scopes.map((scope) => `${name} ${String(scope)}`) : [],
    ),
  )
}

/** Notes where credentials of the same name now travel otherwise. */
export function compareSchemes(notes: ChangeNotes): void {
  const [before, after] = [notes.before, notes.after].map(({ security }) => security) as [
    Model['security'],
    Model['security'],
  ]
  for (const name of Object.keys(before)) {
    const pointer = join('', 'components', 'securitySchemes', name)
    const here = { old: pointer, now: pointer }
    if (after[name] === undefined) continue
    const [was, is] = [before, after].map((schemes) => wayOf(schemes[name]))
    if (was !== is)
      notes.note(
        'breaking',
        'security-scheme-changed',
        `credentials ${name} travel as ${String(is)}, were ${String(was)}`,
        here,
      )
    compareRest(notes, 'securityScheme', `credentials ${name}`, here)
  }
}

const wayOf = (scheme: Model['security'][string] | undefined): string =>
  scheme ? [scheme.type, scheme.scheme, scheme.in, scheme.name].filter((part) => part !== undefined).join(' ') : ''

/** What other parts of the comparison know of each object of OpenAPI, and what only people read. */
const comparedFields = {
  document: 'openapi info paths components servers security tags webhooks',
  pathItem: 'parameters get put post delete options head patch trace query additionalOperations',
  operation: 'operationId parameters requestBody responses callbacks security deprecated tags',
  parameter: 'name in required schema content style explode deprecated',
  requestBody: 'content required',
  response: 'content headers',
  header: 'schema content required deprecated style explode',
  mediaType: 'schema',
  securityScheme: 'type in name scheme',
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
