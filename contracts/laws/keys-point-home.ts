import type { Role } from '../../spec/index.ts'
import { idAt, idForm, isSameId, pointsAt } from '../clauses/points-at.ts'
import { sameEverywhere } from '../clauses/same-everywhere.ts'
import { clause, none } from '../law.ts'
import type { Clause, Law } from '../law.ts'
import { show } from '../violation.ts'

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
    ? none
    : [{ at: names, expected: show(payments), received: show(names.raw) }]
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
