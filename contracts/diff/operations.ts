import { isObject, resolve } from '../../spec/index.ts'
import type { Content, Model, Operation, Parameter, Reply } from '../../spec/index.ts'
import type { Direction, Notes } from './change.ts'
import { compareSchemas } from './schemas.ts'

/** Notes what differs between two operations. */
export function compareOperations(notes: Notes, old: Operation, now: Operation, seen: Set<string>): void {
  const here = { old: old.pointer, now: now.pointer }
  if (old.path.replace(/\{[^}]*\}/g, '{}') !== now.path.replace(/\{[^}]*\}/g, '{}') || old.method !== now.method)
    notes.note('breaking', 'operation-moved', `it is now ${now.method} ${now.path}`, here)
  else if (old.id !== now.id)
    notes.note('risky', 'operation-renamed', `its operationId is now ${now.id}, was ${old.id}`, here)
  if (!isDeprecated(notes.before, old) && isDeprecated(notes.after, now))
    notes.note('risky', 'operation-deprecated', 'it is now deprecated: it may go away', here)
  compareSecurity(notes, old, now)
  compareParameters(notes, old, now, seen)
  compareBodies(notes, old, now, seen)
  compareReplies(notes, old, now, seen)
}

function isDeprecated({ document }: Model, { pointer }: Operation): boolean {
  const { value } = resolve(document, pointer)
  return isObject(value) && value.deprecated === true
}

function compareSecurity(notes: Notes, old: Operation, now: Operation): void {
  const key = (schemes: readonly string[]): string => [...schemes].sort().join(' and ') || 'none'
  const before = old.security.length === 0 ? ['none'] : old.security.map(key)
  const after = now.security.length === 0 ? ['none'] : now.security.map(key)
  const lost = before.filter((schemes) => !after.includes(schemes))
  const gained = after.filter((schemes) => !before.includes(schemes))
  const here = { old: old.pointer, now: now.pointer }
  if (lost.length > 0 && !after.includes('none'))
    notes.note('breaking', 'security-narrowed', `credentials ${lost.join(', ')} no longer let in`, here)
  if (gained.length > 0 && lost.length === 0)
    notes.note('safe', 'security-widened', `credentials ${gained.join(', ')} let in, too`, here)
}

const keyOf = (parameter: Parameter): string =>
  `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`

function compareParameters(notes: Notes, old: Operation, now: Operation, seen: Set<string>): void {
  const before = new Map(old.parameters.map((parameter) => [keyOf(parameter), parameter]))
  const after = new Map(now.parameters.map((parameter) => [keyOf(parameter), parameter]))
  // The name of a path parameter is nobody's business: its place is.
  const inPath = (parameters: Operation): readonly Parameter[] =>
    [...parameters.path.matchAll(/\{([^}]*)\}/g)].flatMap(
      ([, name]) => parameters.parameters.find((parameter) => parameter.in === 'path' && parameter.name === name) ?? [],
    )
  for (const [index, parameter] of inPath(old).entries()) {
    const other = inPath(now)[index]
    if (other)
      compareSchemas(
        notes,
        { old: parameter.schema, now: other.schema, direction: 'request', what: keyOf(other) },
        seen,
      )
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
    if (parameter.style !== other.style || parameter.explode !== other.explode)
      notes.note('breaking', 'parameter-style', `${key} is written in another style`, here)
    compareSchemas(notes, { old: parameter.schema, now: other.schema, direction: 'request', what: key }, seen)
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

function compareBodies(notes: Notes, old: Operation, now: Operation, seen: Set<string>): void {
  const here = { old: old.pointer, now: now.pointer }
  if (old.body && !now.body) notes.note('risky', 'body-removed', 'the body is gone: it may be passed over', here)
  if (!now.body) return
  if (now.body.required && !old.body?.required) notes.note('breaking', 'body-required', 'a body is now required', here)
  if (old.body) compareContents(notes, old.body.content, now.body.content, 'request', 'body', here, seen)
}

function compareReplies(notes: Notes, old: Operation, now: Operation, seen: Set<string>): void {
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
    compareContents(notes, reply.content, other.content, 'response', reply.status, here, seen)
    for (const header of reply.headers) {
      const same = other.headers.find(({ name }) => name.toLowerCase() === header.name.toLowerCase())
      if (!same) notes.note('risky', 'header-removed', `${reply.status} header ${header.name} is gone`, here)
      else
        compareSchemas(
          notes,
          {
            old: header.schema,
            now: same.schema,
            direction: 'response',
            what: `${reply.status} header ${header.name}`,
          },
          seen,
        )
    }
  }
  for (const reply of now.replies) {
    if (!old.replies.some(({ status }) => status === reply.status))
      notes.note(isSuccess(reply) ? 'risky' : 'safe', 'status-added', `it may now answer ${reply.status}`, {
        old: old.pointer,
        now: reply.pointer,
      })
  }
}

/** Any type may come, or nobody can read which. */
const isAny = ({ mediaType }: Content): boolean => mediaType === '*/*'

function compareContents(
  notes: Notes,
  old: readonly Content[],
  now: readonly Content[],
  direction: Direction,
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
    else if (content.schema !== undefined && other.schema !== undefined)
      compareSchemas(notes, { old: content.schema, now: other.schema, direction, what }, seen)
  }
  for (const content of now) {
    if (!old.some(({ mediaType }) => mediaType === content.mediaType))
      notes.note('safe', 'media-type-added', `${what} may be ${content.mediaType}`, { ...here, now: content.pointer })
  }
}
