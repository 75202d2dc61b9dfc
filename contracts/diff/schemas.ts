// Compares two schemas and everything below them.

import type { Pointer } from '../../spec/index.ts'
import { matchBranches } from './branches.ts'
import { narrowed, widened } from './change.ts'
import type { ChangeNotes } from './change.ts'
import { SchemaComparison } from './comparison.ts'
import type { SchemaPair } from './comparison.ts'
import type { FlatSchema } from './flat-schema.ts'
import { compareKeywords } from './keywords.ts'
import { compareProperties } from './properties.ts'
import { compareTypes, compareValues } from './values.ts'

/** Notes what differs between two schemas and everything below them; rings and repeated pairs are compared once. */
export function compareSchemas(notes: ChangeNotes, pair: SchemaPair, seen: Set<string> = new Set()): void {
  const comparison = new SchemaComparison(notes, pair, (inner) => compareSchemas(notes, inner, seen))
  const { old, now } = comparison
  const key = `${old.pointer} ${now.pointer} ${pair.direction}`
  if (seen.has(key)) return
  seen.add(key)
  const [wasChoice, isChoice] = [old.branches.length > 0, now.branches.length > 0]
  if (wasChoice !== isChoice && !hasOwn(wasChoice ? old : now)) return compareBranches(comparison)
  // Types of a choice are those of its branches, which are compared.
  if (!wasChoice || !isChoice) compareTypes(comparison)
  compareValues(comparison)
  compareProperties(comparison)
  compareKeywords(comparison)
  if (wasChoice && isChoice) compareBranches(comparison)
  else if (wasChoice || isChoice)
    comparison.change(
      isChoice,
      'alternatives',
      isChoice
        ? 'must now fit one of several alternatives as well'
        : 'need not fit one of several alternatives any more',
    )
}

/** Tells whether something stands beside the branches of a choice. */
const hasOwn = ({ properties, own }: FlatSchema): boolean => properties.size > 0 || own.type !== undefined

/** Where only one side is a choice, the other is taken for a choice of one. */
function compareBranches(comparison: SchemaComparison): void {
  const { notes, old, now, pair } = comparison
  const [before, after] = [old, now].map(({ branches, self }) => (branches.length > 0 ? branches : [self])) as [
    readonly Pointer[],
    readonly Pointer[],
  ]
  const { same, removed, added } = matchBranches(
    { document: notes.before.document, pointers: before },
    { document: notes.after.document, pointers: after },
  )
  for (const [branch, other] of same) comparison.descend({ ...pair, old: branch, now: other })
  for (const { name, pointer } of removed)
    comparison.note(narrowed(pair.direction), 'alternative-removed', ` is never ${name} any more`, { old: pointer })
  for (const { name, pointer } of added)
    comparison.note(widened(pair.direction, 'risky'), 'alternative-added', ` may now be ${name}`, { now: pointer })
}
