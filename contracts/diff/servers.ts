// Compares the servers of documents and of operations.

import { isObject } from '../../spec/index.ts'
import type { Model, Operation, Pointer } from '../../spec/index.ts'
import type { ChangeNotes } from './change.ts'
import { compareRest, objectAt } from './rest.ts'

/** Servers by their address, and where each of them stands. */
type Servers = ReadonlyMap<string, Pointer>

function serversAt(model: Model, pointer: Pointer): Servers | undefined {
  const { servers } = objectAt(model, pointer)
  return Array.isArray(servers)
    ? new Map(
        servers.flatMap((server: unknown, index) =>
          isObject(server) && typeof server.url === 'string' ? [[server.url, `${pointer}/servers/${index}`]] : [],
        ),
      )
    : undefined
}

const none: Servers = new Map()

/** Notes which servers a document states no longer, and which it states now. */
export const compareServers = (notes: ChangeNotes): void =>
  compare(notes, [serversAt(notes.before, '') ?? none, serversAt(notes.after, '') ?? none], {
    old: '/servers',
    now: '/servers',
  })

/** Likewise of the servers that an operation, or the path it is at, states for itself. */
export function compareOwnServers(notes: ChangeNotes, old: Operation, now: Operation): void {
  const own = (model: Model, { pointer }: Operation): Servers =>
    serversAt(model, pointer) ?? serversAt(model, pathItemOf(pointer)) ?? none
  compare(notes, [own(notes.before, old), own(notes.after, now)], { old: old.pointer, now: now.pointer })
}

/** `/paths/~1invoices/get` and `/paths/~1invoices/additionalOperations/COPY` stand in `/paths/~1invoices`. */
const pathItemOf = (pointer: Pointer): Pointer => pointer.replace(/\/(?:additionalOperations\/)?[^/]+$/, '')

function compare(
  notes: ChangeNotes,
  [before, after]: readonly [Servers, Servers],
  here: { readonly old: Pointer; readonly now: Pointer },
): void {
  const [gone, added] = [
    [...before.keys()].filter((url) => !after.has(url)),
    [...after.keys()].filter((url) => !before.has(url)),
  ]
  if (gone.length > 0)
    notes.note(
      'risky',
      'server-removed',
      `it no longer says that it answers at ${gone.join(' and ')}, but ${after.size > 0 ? `at ${[...after.keys()].join(' and ')}` : 'nothing of where'}`,
      here,
    )
  else if (added.length > 0)
    notes.note('safe', 'server-added', `it says that it answers at ${added.join(' and ')}, too`, here)
  for (const [url, old] of before) {
    const now = after.get(url)
    if (now !== undefined) compareRest(notes, 'server', `server ${url}`, { old, now })
  }
}
