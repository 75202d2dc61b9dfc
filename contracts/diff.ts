import { isObject } from '../spec/index.ts'
import type { Model, Operation, Pointer } from '../spec/index.ts'
import { lawsFor } from './laws.ts'
import type { Change, Impact, Notes } from './diff/change.ts'
import { compareOperations } from './diff/operations.ts'

/** From what breaks to what does not. */
const impacts: readonly Impact[] = ['breaking', 'risky', 'safe']

/**
 * Returns what differs between two versions of an API, what breaks first: operations, parameters, bodies, answers, and what no
 * longer has a role or is no longer judged by a law. Which way a schema's values travel decides what a change does.
 * @throws Failure for a reference that dangles.
 */
export function diff(before: Model, after: Model): readonly Change[] {
  const changes: Change[] = []
  const notesFor = (operation: Operation | undefined): Notes => ({
    before, after,
    note(impact, code, says, { old, now }) {
      changes.push({
        impact, code, says, pointer: now ?? old ?? '',
        ...(operation && { operation: operation.id, request: `${operation.method} ${operation.path}` }),
        ...placeOf('before', before, old), ...placeOf('after', after, now),
      })
    },
  })
  const seen = new Set<string>()
  const matched = new Set<Operation>()
  for (const operation of before.operations) {
    const other = counterpart(operation, after.operations)
    if (other) matched.add(other)
    const notes = notesFor(operation)
    if (other) compareOperations(notes, operation, other, seen)
    else notes.note('breaking', 'operation-removed', 'the operation is gone', { old: operation.pointer })
  }
  for (const operation of after.operations) if (!matched.has(operation)) notesFor(operation).note('safe', 'operation-added', 'the operation is new', { now: operation.pointer })
  compareServers(notesFor(undefined))
  compareMeaning(notesFor(undefined))
  return changes.sort((left, right) => impacts.indexOf(left.impact) - impacts.indexOf(right.impact))
}

function placeOf(side: 'before' | 'after', { locate }: Model, pointer: Pointer | undefined): Pick<Change, 'before' | 'after'> {
  const place = pointer === undefined ? undefined : locate(pointer)
  return place ? { [side]: place } : {}
}

/** The same method and path, whatever its parameters are called; else the same id. */
function counterpart({ method, path, id }: Operation, others: readonly Operation[]): Operation | undefined {
  const plain = (text: string): string => text.replace(/\{[^}]*\}/g, '{}')
  return others.find((other) => other.method === method && plain(other.path) === plain(path)) ?? others.find((other) => other.id === id)
}

function compareServers({ before, after, note }: Notes): void {
  const known = urlsOf(after)
  const gone = urlsOf(before).filter((url) => !known.includes(url))
  if (gone.length > 0 && known.length > 0) note('risky', 'server-removed', `it no longer says that it answers at ${gone.join(' and ')}, but at ${known.join(' and ')}`, { old: '/servers', now: '/servers' })
}

const urlsOf = ({ document: { servers } }: Model): readonly string[] => (Array.isArray(servers) ? servers.flatMap((server: unknown) => (isObject(server) && typeof server.url === 'string' ? [server.url] : [])) : [])

function compareMeaning({ before, after, note }: Notes): void {
  for (const role of before.bound) if (!after.bound.has(role)) note('risky', 'role-lost', `no answer states ${role} any more`, {})
  for (const role of after.bound) if (!before.bound.has(role)) note('safe', 'role-gained', `an answer states ${role}`, {})
  const now = new Set(lawsFor(after))
  for (const law of lawsFor(before)) if (!now.has(law)) note('risky', 'law-lost', `${law.code} (${law.says}) no longer applies`, {})
}
