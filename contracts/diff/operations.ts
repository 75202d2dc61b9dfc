// Compares two operations: parameters, bodies, replies and callbacks.

import { isObject, join, operationsBelow, resolve } from '../../spec/index.ts'
import type { Content, Model, Operation, Parameter, Pointer, Reply } from '../../spec/index.ts'
import { narrowed, opposite, widened } from './change.ts'
import type { ChangeNotes, TravelDirection } from './change.ts'
import { compareDeprecation, compareRest, objectAt } from './rest.ts'
import { compareSchemas } from './schemas.ts'
import { compareSecurity } from './security.ts'
import { compareOwnServers } from './servers.ts'

/** How operations are compared. */
interface Comparing {
  readonly notes: ChangeNotes
  readonly seen: Set<string>
  /** Which way bodies of requests travel: to the API, or, for webhooks and callbacks, to the reader. */
  readonly sends: TravelDirection
}

/** Notes what differs between two operations; those of webhooks and callbacks are sent by the API. */
export function compareOperations(
  notes: ChangeNotes,
  old: Operation,
  now: Operation,
  seen: Set<string>,
  sends: TravelDirection = 'request',
): void {
  const comparing: Comparing = { notes, seen, sends }
  const here = { old: old.pointer, now: now.pointer }
  if (old.path.replace(/\{[^}]*\}/g, '{}') !== now.path.replace(/\{[^}]*\}/g, '{}') || old.method !== now.method)
    notes.note('breaking', 'operation-moved', `it is now ${now.method} ${now.path}`, here)
  else if (old.id !== now.id)
    notes.note('risky', 'operation-renamed', `its operationId is now ${now.id}, was ${old.id}`, here)
  compareDeprecation(notes, 'it', here, 'operation-deprecated')
  compareTags(notes, here)
  compareOwnServers(notes, old, now)
  compareSecurity(notes, old, now)
  compareParameters(comparing, old, now)
  compareBodies(comparing, old, now)
  compareReplies(comparing, old, now)
  compareCallbacks(comparing, old, now)
  compareRest(notes, 'operation', 'it', here)
}

/** Clients that are generated have a class for each tag. */
function compareTags(notes: ChangeNotes, here: { readonly old: Pointer; readonly now: Pointer }): void {
  const [before, after] = [objectAt(notes.before, here.old), objectAt(notes.after, here.now)].map(({ tags }) =>
    Array.isArray(tags) ? tags.join(', ') : '',
  )
  if (before !== after)
    notes.note('safe', 'operation-tagged', `its tags are now ${after || 'none'}, were ${before || 'none'}`, here)
}

const keyOf = (parameter: Parameter): string =>
  `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`

function compareParameters(comparing: Comparing, old: Operation, now: Operation): void {
  const { notes, seen, sends } = comparing
  const before = new Map(old.parameters.map((parameter) => [keyOf(parameter), parameter]))
  const after = new Map(now.parameters.map((parameter) => [keyOf(parameter), parameter]))
  // The name of a path parameter is nobody's business: its place is.
  const inPath = ({ path, parameters }: Operation): readonly (Parameter | undefined)[] =>
    [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) =>
      parameters.find((parameter) => parameter.in === 'path' && parameter.name === name),
    )
  const [placesBefore, placesAfter] = [inPath(old), inPath(now)]
  for (const index of Array(Math.min(placesBefore.length, placesAfter.length)).keys()) {
    const [parameter, other] = [placesBefore[index], placesAfter[index]]
    if (!parameter || !other) {
      compareUndescribed(comparing, parameter, other, { old: old.pointer, now: now.pointer })
      continue
    }
    compareStyles(notes, parameter, other)
    compareSchemas(notes, { old: parameter.schema, now: other.schema, direction: sends, what: keyOf(other) }, seen)
  }
  for (const [key, parameter] of before) {
    if (parameter.in === 'path') continue
    const other = after.get(key)
    if (!other) {
      notes.note('risky', 'parameter-removed', `${key} is gone: it may be passed over`, {
        old: parameter.pointer,
        now: now.pointer,
      })
      continue
    }
    const here = { old: parameter.pointer, now: other.pointer }
    if (!parameter.required && other.required)
      notes.note('breaking', 'parameter-required', `${key} is now required`, here)
    if (parameter.required && !other.required)
      notes.note('safe', 'parameter-optional', `${key} may now be left out`, here)
    compareStyles(notes, parameter, other)
    compareSchemas(notes, { old: parameter.schema, now: other.schema, direction: sends, what: key }, seen)
  }
  for (const [key, parameter] of after) {
    if (parameter.in === 'path' || before.has(key)) continue
    notes.note(
      parameter.required ? 'breaking' : 'safe',
      'parameter-added',
      `${key} is new${parameter.required ? ' and required' : ''}`,
      { old: old.pointer, now: parameter.pointer },
    )
  }
}

/** A place of a path that only one of the documents describes. */
function compareUndescribed(
  { notes, sends }: Comparing,
  old: Parameter | undefined,
  now: Parameter | undefined,
  here: { readonly old: Pointer; readonly now: Pointer },
): void {
  if (old)
    notes.note(widened(sends), 'schema-removed', `${keyOf(old)} may now be anything`, { ...here, old: old.pointer })
  if (now) notes.note(narrowed(sends), 'schema-added', `${keyOf(now)} now has a schema`, { ...here, now: now.pointer })
}

function compareStyles(notes: ChangeNotes, old: Parameter, now: Parameter): void {
  const here = { old: old.pointer, now: now.pointer }
  if (old.style !== now.style || old.explode !== now.explode)
    notes.note('breaking', 'parameter-style', `${keyOf(now)} is written in another style`, here)
  compareDeprecation(notes, keyOf(now), here)
  compareRest(notes, 'parameter', keyOf(now), here)
}

function compareBodies({ notes, seen, sends }: Comparing, old: Operation, now: Operation): void {
  const here = { old: old.pointer, now: now.pointer }
  if (old.body && !now.body)
    notes.note(
      sends === 'request' ? 'risky' : 'breaking',
      'body-removed',
      'the body is gone: it may be passed over',
      here,
    )
  if (!now.body) return
  if (now.body.required && !old.body?.required)
    notes.note(narrowed(sends), 'body-required', 'a body is now required', here)
  else if (!old.body) notes.note('safe', 'body-added', 'there may now be a body', here)
  if (!old.body) return
  if (old.body.required && !now.body.required)
    notes.note(widened(sends), 'body-optional', 'the body may now be left out', here)
  compareContents(notes, old.body.content, now.body.content, sends, 'body', here, seen)
  const below = { old: join(old.pointer, 'requestBody'), now: join(now.pointer, 'requestBody') }
  compareRest(notes, 'requestBody', 'the body', below)
}

function compareReplies({ notes, seen, sends }: Comparing, old: Operation, now: Operation): void {
  const answers = opposite(sends)
  const isSuccess = ({ status }: Reply): boolean => status.startsWith('2')
  for (const reply of old.replies) {
    const other = now.replies.find(({ status }) => status === reply.status)
    if (!other) {
      notes.note(isSuccess(reply) ? 'breaking' : 'risky', 'status-removed', `it no longer answers ${reply.status}`, {
        old: reply.pointer,
        now: now.pointer,
      })
      continue
    }
    const here = { old: reply.pointer, now: other.pointer }
    compareContents(notes, reply.content, other.content, answers, reply.status, here, seen)
    compareHeaders({ notes, seen, sends: answers }, reply, other)
    compareRest(notes, 'response', reply.status, here)
  }
  for (const reply of now.replies) {
    if (!old.replies.some(({ status }) => status === reply.status))
      notes.note(isSuccess(reply) ? 'risky' : 'safe', 'status-added', `it may now answer ${reply.status}`, {
        old: old.pointer,
        now: reply.pointer,
      })
  }
}

function compareHeaders({ notes, seen, sends: direction }: Comparing, old: Reply, now: Reply): void {
  const same = (name: string) => (header: Reply['headers'][number]) => header.name.toLowerCase() === name.toLowerCase()
  for (const { name, required, schema } of old.headers) {
    const other = now.headers.find(same(name))
    const here = { old: old.pointer, now: now.pointer }
    const what = `${old.status} header ${name}`
    if (!other) {
      notes.note(required ? 'breaking' : 'risky', 'header-removed', `${what} is gone`, here)
      continue
    }
    if (required && !other.required)
      notes.note(widened(direction), 'header-optional', `${what} may now be missing`, here)
    if (!required && other.required) notes.note(narrowed(direction), 'header-required', `${what} is now required`, here)
    const at = { old: parentOf(schema), now: parentOf(other.schema) }
    const [before, after] = [valueOfHeader(notes.before, at.old), valueOfHeader(notes.after, at.now)]
    if (before.type === after.type)
      compareSchemas(notes, { old: before.schema, now: after.schema, direction, what }, seen)
    else notes.note('breaking', 'parameter-style', `${what} is now ${after.type}, was ${before.type}`, at)
    compareDeprecation(notes, what, at)
    compareRest(notes, 'header', what, at)
  }
  for (const { name } of now.headers)
    if (!old.headers.some(same(name)))
      notes.note('safe', 'header-added', `${now.status} header ${name} is new`, { old: old.pointer, now: now.pointer })
}

/** Returns where the schema of a header stands, and how its value is written: as a media type, or plainly. */
function valueOfHeader(model: Model, header: Pointer): { readonly type: string; readonly schema: Pointer } {
  const { content } = objectAt(model, header)
  const [type] = isObject(content) ? Object.keys(content) : []
  return type === undefined
    ? { type: 'plain', schema: join(header, 'schema') }
    : { type, schema: join(header, 'content', type, 'schema') }
}

const parentOf = (pointer: Pointer): Pointer => pointer.slice(0, pointer.lastIndexOf('/'))

/** Requests that the API sends while it answers. */
function compareCallbacks({ notes, seen, sends }: Comparing, old: Operation, now: Operation): void {
  const [before, after] = [callbacksOf(notes.before, old), callbacksOf(notes.after, now)]
  for (const callback of before) {
    const other =
      after.find(
        ({ id, method, path }) => method === callback.method && path === callback.path && id === callback.id,
      ) ?? after.find(({ method, path }) => method === callback.method && path === callback.path)
    if (other) compareOperations(notes, callback, other, seen, opposite(sends))
    else
      notes.note('breaking', 'callback-removed', `it no longer calls ${callback.method} ${callback.path}`, {
        old: callback.pointer,
        now: now.pointer,
      })
  }
  for (const callback of after)
    if (!before.some(({ method, path }) => method === callback.method && path === callback.path))
      notes.note('safe', 'callback-added', `it now calls ${callback.method} ${callback.path}`, {
        old: old.pointer,
        now: callback.pointer,
      })
}

function callbacksOf({ document }: Model, { pointer }: Operation): readonly Operation[] {
  const { value } = resolve(document, pointer)
  const names = Object.keys(isObject(value) && isObject(value.callbacks) ? value.callbacks : {})
  return names.flatMap((name) => {
    const { value: expressions, pointer: here } = resolve(document, join(pointer, 'callbacks', name))
    return Object.keys(isObject(expressions) ? expressions : {}).flatMap((expression) =>
      operationsBelow(document, join(here, expression), expression),
    )
  })
}

/** Any type may come, or nobody can read which. */
const isAny = ({ mediaType }: Content): boolean => mediaType === '*/*'

function compareContents(
  notes: ChangeNotes,
  old: readonly Content[],
  now: readonly Content[],
  direction: TravelDirection,
  what: string,
  here: { old: string; now: string },
  seen: Set<string>,
): void {
  for (const content of old) {
    const other = now.find(({ mediaType }) => mediaType === content.mediaType)
    if (!other && (isAny(content) || now.some(isAny))) continue
    if (!other)
      notes.note('breaking', 'media-type-removed', `${what} is no longer ${content.mediaType}`, {
        ...here,
        old: content.pointer,
      })
    else compareMedia({ notes, seen, sends: direction }, content, other, what)
  }
  for (const content of now) {
    if (!old.some(({ mediaType }) => mediaType === content.mediaType))
      notes.note('safe', 'media-type-added', `${what} may be ${content.mediaType}`, { ...here, now: content.pointer })
  }
}

function compareMedia({ notes, seen, sends: direction }: Comparing, old: Content, now: Content, what: string): void {
  const here = { old: old.pointer, now: now.pointer }
  if (old.schema !== undefined && now.schema !== undefined)
    compareSchemas(notes, { old: old.schema, now: now.schema, direction, what }, seen)
  else if (now.schema !== undefined)
    notes.note(narrowed(direction), 'schema-added', `${what} (${now.mediaType}) now has a schema`, here)
  else if (old.schema !== undefined)
    notes.note(widened(direction), 'schema-removed', `${what} (${old.mediaType}) may now be anything`, here)
  compareRest(notes, 'mediaType', `${what} (${now.mediaType})`, here)
}
