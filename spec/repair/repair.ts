// Takes what cannot be read out of a document, and lists it.

import { isObject } from '../document.ts'
import type { Document } from '../document.ts'
import type { Diagnostic, FailureParts } from '../failure.ts'
import type { Operation } from '../operation.ts'
import { atPointer, split } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { repairOperations } from './operations.ts'
import { relax, SchemaRepair } from './schemas.ts'

/** A document in which every reference leads somewhere and every schema can be read, and what had to go for that. */
export interface Repaired {
  /** The very document where nothing was wrong. Pointers into it are those of the file. */
  readonly document: Document
  readonly diagnostics: readonly Diagnostic[]
  /** Operations that are left out. */
  readonly lost: readonly Operation[]
  /** Optional parameters that are left out. */
  readonly unread: ReadonlySet<Pointer>
  /** Returns the diagnostics of the schema at a pointer, and of all that it refers to. */
  diagnosticsBelow(pointer: Pointer): readonly Diagnostic[]
}

/** Cutting something out makes references to it dangle, so the rest is read again, at most this often. */
const mostRounds = 10

/** Returns a document without what cannot be read in it. */
export function repair(document: Document): Repaired {
  let mended = round(document)
  for (let count = 1; mended.diagnostics.length > 0 && count < mostRounds; count++) {
    const next = round(mended.document)
    if (next.diagnostics.length === 0) break
    mended = both(mended, next)
  }
  return mended
}

function round(document: Document): Repaired {
  const notes = openNotes()
  const schemas = new SchemaRepair(document, notes)
  const { lost, unread } = repairOperations(document, notes, schemas)
  return {
    document: notes.cuts.size === 0 ? document : without(document, notes),
    diagnostics: [...notes.diagnostics.values()],
    lost,
    unread,
    diagnosticsBelow: (pointer) => schemas.below(pointer),
  }
}

function both(first: Repaired, next: Repaired): Repaired {
  const told = (fault: Diagnostic): Diagnostic =>
    fault.received === 'nothing' ? { ...fault, received: 'what had to be left out' } : fault
  return {
    document: next.document,
    diagnostics: [...first.diagnostics, ...next.diagnostics.map(told)],
    lost: [...first.lost, ...next.lost],
    unread: new Set([...first.unread, ...next.unread]),
    diagnosticsBelow: (pointer) => [...first.diagnosticsBelow(pointer), ...next.diagnosticsBelow(pointer).map(told)],
  }
}

function without(document: Document, { cuts, relaxed }: Notes): Document {
  const copy = structuredClone(document)
  for (const [pointer, by] of cuts) {
    const name = split(pointer).at(-1) as string
    const parent = atPointer(copy, pointer.slice(0, pointer.lastIndexOf('/')))
    if (Array.isArray(parent)) parent[Number(name)] = by ?? {}
    else if (isObject(parent) && by !== undefined) parent[name] = by
    else if (isObject(parent)) delete parent[name]
  }
  for (const pointer of relaxed) relax(copy, pointer)
  return copy
}

/** What is wrong with a document, and what has to go so that the rest is sound. */
export interface Notes {
  /** In the order in which they were found, one for each place. */
  readonly diagnostics: ReadonlyMap<Pointer, Diagnostic>
  /** What to put in each place, `undefined` to leave it out. */
  readonly cuts: ReadonlyMap<Pointer, unknown>
  /** Schemas that must become wider, because something in them has. */
  readonly relaxed: Set<Pointer>
  /** Notes a diagnostic, and what takes the place of what is wrong. */
  add(pointer: Pointer, wrong: FailureParts, cut?: { readonly at?: Pointer; readonly by?: unknown }): void
  /** Notes that an operation is left out because of a diagnostic. */
  lose(pointer: Pointer, operation: string): void
  cut(pointer: Pointer, by?: unknown): void
}

/** Longer texts of a document are cut, in characters. */
const longest = 120

/** Returns notes with nothing in them. */
function openNotes(): Notes {
  const diagnostics = new Map<Pointer, Diagnostic & { readonly loses: string[] }>()
  const cuts = new Map<Pointer, unknown>()
  return {
    diagnostics,
    cuts,
    relaxed: new Set(),
    add(pointer, { expected, received, cure }, { at = pointer, by } = {}) {
      if (!cuts.has(at)) cuts.set(at, by)
      if (!diagnostics.has(pointer))
        diagnostics.set(pointer, {
          pointer,
          expected,
          received: received.length > longest ? `${received.slice(0, longest)}…` : received,
          ...(cure !== undefined && { cure }),
          loses: [],
        })
    },
    lose(pointer, operation) {
      const loses = diagnostics.get(pointer)?.loses
      if (loses && !loses.includes(operation)) loses.push(operation)
    },
    cut: (pointer, by) => void cuts.set(pointer, by),
  }
}
