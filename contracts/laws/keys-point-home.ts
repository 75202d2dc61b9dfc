import { parseRole, roles } from '../../spec/index.ts'
import type { Role } from '../../spec/index.ts'
import { idAt, idForm, isSameId, pointsAt } from '../clauses/points-at.ts'
import { sameEverywhere } from '../clauses/same-everywhere.ts'
import { clause, none } from '../law.ts'
import type { Law } from '../law.ts'
import { show } from '../violation.ts'

/** Foreign keys whose object stands elsewhere than under the role of the same name. */
const elsewhere: readonly Role[] = ['invoice.addressId', 'invoice.shippingAddressId']

/** Keys that go with the object under the role of the same name: `payment.approverId` with `payment.approver`. */
const keys = (Object.keys(roles) as Role[]).flatMap((key) => {
  const object = parseRole(key.replace(/Id$/, ''))?.role
  return object && object !== key && !elsewhere.includes(key) ? [pointsAt(key, object)] : []
})

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
    ...keys,
    pointsAt('invoice.addressId', 'buyer', 'party.address'),
    pointsAt('invoice.shippingAddressId', 'buyer', 'party.shippingAddress'),
    paymentsAreNamed,
  ],
}
