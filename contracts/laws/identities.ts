// Laws about keys, unique ids and the object that was asked for.

import { atPointer, isObject, join } from '../../spec/index.ts'
import type { Role, BusinessObject, Pointer } from '../../spec/index.ts'
import { idAt, idForm, isSameId, pointsAt, sameEverywhere, unique, uniqueInOthers } from '../clauses.ts'
import { clause, noFindings } from '../law.ts'
import type { Clause, Law, LawFinding, LawContext } from '../law.ts'
import { shownJson } from '../violation.ts'

/** Foreign keys whose object stands elsewhere than under the role of the same name. */
const elsewhere: readonly Role[] = ['invoice.addressId', 'invoice.shippingAddressId']

/** Keys go with the object under the role of the same name: `payment.approverId` with `payment.approver`. */
const keysOfNeighbours: Clause = (form) => {
  const judges = [...form.terms].flatMap(([key, { kind }]) => {
    const object = key.replace(/Id$/, '') as Role
    const judge = kind === 'id' && object !== key && !elsewhere.includes(key) && pointsAt(key, object)(form)
    return judge ? [judge] : []
  })
  if (judges.length === 0) return undefined
  return (object, context) => {
    const judged = judges.map((judge) => judge(object, context)).filter((findings) => findings !== undefined)
    return judged.length === 0 ? undefined : judged.flat()
  }
}

/** `invoice.paymentIds` names the payments that are listed, all of them and no others. */
const paymentsAreNamed = clause(['invoice.paymentIds', 'invoice.payments'], (invoice) => {
  const names = invoice.first('invoice.paymentIds')
  if (!names || !Array.isArray(names.raw)) return undefined
  const payments = invoice.list('invoice.payments').map((payment) => payment.raw('payment.id'))
  if (payments.includes(undefined)) return undefined
  return sorted(names.raw) === sorted(payments)
    ? noFindings
    : [{ at: names, expected: shownJson(payments), received: shownJson(names.raw) }]
})

const sorted = (ids: readonly unknown[]): string => JSON.stringify([...new Set(ids.map(String))].sort())

/**
 * Every identity that is written several times is the same everywhere (a line's `invoice_id` is the invoice's id), and a key
 * such as `payment.approverId` is the id of the object under `payment.approver`. Identities of different forms are not compared.
 */
export const keysPointHome: Law = {
  code: 'PF-KEYS',
  says: 'every foreign key is the id of the object it travels with',
  about: 'any',
  needs: [],
  clauses: [
    sameEverywhere({ kinds: ['id'], areSame: isSameId, group: idForm, expected: idAt }),
    keysOfNeighbours,
    pointsAt('invoice.addressId', 'buyer', 'party.address'),
    pointsAt('invoice.shippingAddressId', 'buyer', 'party.shippingAddress'),
    paymentsAreNamed,
  ],
}

export const idsAreUnique: Law = {
  code: 'PF-IDS',
  says: 'ids are unique within their list',
  about: 'any',
  needs: [['page.items', 'invoice.lines', 'invoice.payments', 'page.messages']],
  clauses: [
    unique('page.items', 'invoice.id'),
    unique('invoice.lines', 'line.id'),
    // One payment may be allocated twice.
    unique('invoice.payments', 'payment.allocationId', 'payment.id'),
    uniqueInOthers(['page.items', 'invoice.lines', 'invoice.payments']),
  ],
}

const mostDifferences = 5

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
      return [...identityFindings(invoice, context), ...entryFindings(invoice, context)]
    }),
  ],
}

function identityFindings(invoice: BusinessObject, { asked }: LawContext): readonly LawFinding[] {
  const ids = invoice.all('invoice.id')
  const [first] = ids
  if (asked?.id === undefined || !first || ids.some(({ raw }) => String(raw) === String(asked.id))) return []
  return [{ at: first, expected: shownJson(asked.id), received: shownJson(first.raw) }]
}

function entryFindings(invoice: BusinessObject, { asked, body }: LawContext): readonly LawFinding[] {
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
    .slice(0, mostDifferences)
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
    : [{ at: pointer, expected: `${shownJson(listed)}, as listed`, received: shownJson(got) }]
}
