// Holds two schemas side by side while they are compared.

import type { Pointer } from '../../spec/index.ts'
import { narrowed, widened } from './change.ts'
import type { ChangeNotes, Impact, TravelDirection } from './change.ts'
import { flatSchemaAt } from './flat-schema.ts'
import type { FlatSchema } from './flat-schema.ts'

/** Where two schemas to be compared stand. */
export interface SchemaPair {
  readonly old: Pointer
  readonly now: Pointer
  readonly direction: TravelDirection
  /** For people: `body /lines/*`. */
  readonly what: string
}

/** Two schemas at one place of two documents. */
export class SchemaComparison {
  readonly notes: ChangeNotes
  readonly pair: SchemaPair
  readonly old: FlatSchema
  readonly now: FlatSchema
  /** Compares schemas below these. */
  readonly descend: (pair: SchemaPair) => void

  constructor(notes: ChangeNotes, pair: SchemaPair, descend: (pair: SchemaPair) => void) {
    this.notes = notes
    this.pair = pair
    this.old = flatSchemaAt(notes.before.document, pair.old)
    this.now = flatSchemaAt(notes.after.document, pair.now)
    this.descend = descend
  }

  /** Notes a difference at these schemas, or at places below them. */
  note(impact: Impact, code: string, says: string, at: { readonly old?: Pointer; readonly now?: Pointer } = {}): void {
    this.notes.note(impact, code, `${this.pair.what}${says}`, { old: this.old.pointer, now: this.now.pointer, ...at })
  }

  /** Notes that the new schema allows less than the old, or more. */
  change(isNarrower: boolean, code: string, says: string, forReaders: Impact = 'risky'): void {
    const { direction } = this.pair
    this.note(isNarrower ? narrowed(direction) : widened(direction, forReaders), code, ` ${says}`)
  }
}
