import { atPointer, isObject, join } from '../../spec/index.ts'
import type { BusinessObject, Pointer } from '../../spec/index.ts'
import { clause } from '../law.ts'
import type { LawFinding, LawContext, Law } from '../law.ts'
import { show } from '../violation.ts'

const most = 5

/** The object asked for is the object returned, and what it shares with its list entry is the same there. */
export const answerIsWhatWasAskedFor: Law = {
  code: 'PF-SAME',
  says: 'the object asked for is the object returned, and equals its list entry',
  about: 'invoice',
  needs: ['invoice.id'],
  clauses: [
    clause([], (invoice, context) => {
      if (
        !context.asked ||
        invoice.parent?.parent ||
        (context.asked.id === undefined && context.asked.entry === undefined)
      )
        return undefined
      return [...identity(invoice, context), ...entry(invoice, context)]
    }),
  ],
}

function identity(invoice: BusinessObject, { asked }: LawContext): readonly LawFinding[] {
  const ids = invoice.all('invoice.id')
  const [first] = ids
  if (asked?.id === undefined || !first || ids.some(({ raw }) => String(raw) === String(asked.id))) return []
  return [{ at: first, expected: show(asked.id), received: show(first.raw) }]
}

function entry(invoice: BusinessObject, { asked, body }: LawContext): readonly LawFinding[] {
  if (asked?.entry === undefined) return []
  const passed = new Set(
    // Addresses that are signed afresh for every answer.
    invoice
      .within()
      .flatMap((object) =>
        [...object.form.terms]
          .filter(([, { allows }]) => allows?.includes('fresh'))
          .flatMap(([role]) => object.all(role).map(({ pointer }) => pointer)),
      ),
  )
  return differences(asked.entry, atPointer(body, invoice.pointer), invoice.pointer)
    .filter(({ at: pointer }) => !passed.has(pointer as Pointer))
    .slice(0, most)
}

/** Differences of what both have; a list may show less of an object. */
function differences(listed: unknown, got: unknown, pointer: Pointer): LawFinding[] {
  if (isObject(listed) && isObject(got)) {
    return Object.keys(listed)
      .filter((key) => Object.hasOwn(got, key))
      .flatMap((key) => differences(listed[key], got[key], join(pointer, key)))
  }
  if (Array.isArray(listed) && Array.isArray(got) && listed.length === got.length) {
    return listed.flatMap((item, index) => differences(item, got[index], join(pointer, index)))
  }
  return JSON.stringify(listed) === JSON.stringify(got)
    ? []
    : [{ at: pointer, expected: `${show(listed)}, as listed`, received: show(got) }]
}
