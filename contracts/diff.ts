// Compares two versions of an API and lists the changes by impact.

import { isObject, join, operationsBelow } from '../spec/index.ts'
import type { Model, Operation, Pointer } from '../spec/index.ts'
import { lawsFor } from './laws.ts'
import type { DocumentChange, Impact, ChangeNotes } from './diff/change.ts'
import { compareOperations } from './diff/operations.ts'
import { compareRest } from './diff/rest.ts'
import { compareSchemes } from './diff/security.ts'
import { compareServers } from './diff/servers.ts'

/** From what breaks to what does not. */
const impacts: readonly Impact[] = ['breaking', 'risky', 'safe']

/**
 * Returns what differs between two versions of an API, what breaks first: operations, parameters, bodies, answers, and what no
 * longer has a role or is no longer judged by a law. Which way a schema's values travel decides what a change does.
 * What cannot be read in a document is not compared; where that is new, it breaks those who read the document.
 */
export function diff(before: Model, after: Model): readonly DocumentChange[] {
  const changes: DocumentChange[] = []
  const notesFor = (operation: Operation | undefined): ChangeNotes => ({
    before,
    after,
    note(impact, code, says, { old, now }) {
      changes.push({
        impact,
        code,
        says,
        pointer: now ?? old ?? '',
        ...(operation && { operation: operation.id, request: `${operation.method} ${operation.path}` }),
        ...placeOf('before', before, old),
        ...placeOf('after', after, now),
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
    else if (!isLost(operation, after))
      notes.note('breaking', 'operation-removed', 'the operation is gone', { old: operation.pointer })
  }
  for (const operation of after.operations)
    if (!matched.has(operation) && !isLost(operation, before))
      notesFor(operation).note('safe', 'operation-added', 'the operation is new', { now: operation.pointer })
  compareWebhooks(notesFor, seen)
  compareSchemes(notesFor(undefined))
  compareServers(notesFor(undefined))
  compareRest(notesFor(undefined), 'document', 'the document', { old: '', now: '' })
  compareMeaning(notesFor(undefined))
  compareFaults(notesFor(undefined))
  return changes.sort((left, right) => impacts.indexOf(left.impact) - impacts.indexOf(right.impact))
}

function placeOf(
  side: 'before' | 'after',
  { locate }: Model,
  pointer: Pointer | undefined,
): Pick<DocumentChange, 'before' | 'after'> {
  const place = pointer === undefined ? undefined : locate(pointer)
  return place ? { [side]: place } : {}
}

const withoutNames = (path: string): string => path.replace(/\{[^}]*\}/g, '{}')

/** The same method and path, whatever its parameters are called; else the same id. */
function counterpart({ method, path, id }: Operation, others: readonly Operation[]): Operation | undefined {
  return (
    others.find((other) => other.method === method && withoutNames(other.path) === withoutNames(path)) ??
    others.find((other) => other.id === id)
  )
}

/** Requests that the API sends by itself. */
function compareWebhooks(notesFor: (operation: Operation | undefined) => ChangeNotes, seen: Set<string>): void {
  const { before, after } = notesFor(undefined)
  const [old, now] = [webhooksOf(before), webhooksOf(after)]
  for (const webhook of old) {
    const notes = notesFor(webhook)
    const other = now.find(({ method, path }) => method === webhook.method && path === webhook.path)
    if (other) compareOperations(notes, webhook, other, seen, 'response')
    else notes.note('breaking', 'webhook-removed', 'the webhook is gone', { old: webhook.pointer })
  }
  for (const webhook of now)
    if (!old.some(({ method, path }) => method === webhook.method && path === webhook.path))
      notesFor(webhook).note('safe', 'webhook-added', 'the webhook is new', { now: webhook.pointer })
}

const webhooksOf = ({ document }: Model): readonly Operation[] =>
  Object.keys(isObject(document.webhooks) ? document.webhooks : {}).flatMap((name) =>
    operationsBelow(document, join('', 'webhooks', name), name),
  )

/** Tells whether it cannot be read in a document what to send to an operation. */
const isLost = (operation: Operation, { lost }: Model): boolean =>
  counterpart(operation, lost) !== undefined ||
  lost.some(({ method, path }) => method === '*' && withoutNames(path) === withoutNames(operation.path))

/** More of them help nobody. */
const mostFaults = 100

function compareFaults({ before, after, note }: ChangeNotes): void {
  const known = new Set(before.diagnostics.map(({ pointer }) => pointer))
  const still = new Set(after.diagnostics.map(({ pointer }) => pointer))
  for (const { pointer, expected, received } of after.diagnostics.slice(0, mostFaults))
    if (!known.has(pointer))
      note(
        'breaking',
        'document-broken',
        `${pointer} can no longer be read: expected ${expected} but received ${received}`,
        { now: pointer },
      )
  for (const { pointer } of before.diagnostics.slice(0, mostFaults))
    if (!still.has(pointer)) note('safe', 'document-mended', `${pointer} could not be read before`, { old: pointer })
}

function compareMeaning({ before, after, note }: ChangeNotes): void {
  for (const role of before.bound)
    if (!after.bound.has(role)) note('risky', 'role-lost', `no answer states ${role} any more`, {})
  for (const role of after.bound)
    if (!before.bound.has(role)) note('safe', 'role-gained', `an answer states ${role}`, {})
  const now = new Set(lawsFor(after))
  for (const law of lawsFor(before))
    if (!now.has(law)) note('risky', 'law-lost', `${law.code} (${law.says}) no longer applies`, {})
}
