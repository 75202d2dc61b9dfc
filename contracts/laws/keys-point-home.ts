import { roles } from '../../spec/index.ts'
import type { Occurrence, Role, Scope } from '../../spec/index.ts'
import { defineLaw } from '../law.ts'
import type { Claim, Context } from '../law.ts'
import { ownRoles } from '../scopes.ts'
import { show } from '../violation.ts'

/** Foreign keys whose object stands elsewhere than under the role of the same name. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  'invoice.addressId': ['buyer', 'party.address'],
  'invoice.shippingAddressId': ['buyer', 'party.shippingAddress'],
}

/**
 * Every identity that is written several times is the same everywhere (a line's `invoice_id` is the invoice's id), and a key
 * such as `payment.approverId` is the id of the object under `payment.approver`. Identities of different forms are not compared.
 */
export const keysPointHome = defineLaw({
  code: 'PF-KEYS',
  says: 'every foreign key is the id of the object it travels with',
  scope: 'any',
  needs: [],
  judge(scope, context) {
    const ids = ownRoles(scope).filter((role) => roles[role].kind === 'id')
    const judged = [...ids.flatMap((role) => [same(scope, role, context), target(scope, role, context)]), listed(scope)].filter((claims) => claims !== undefined)
    return judged.length === 0 ? undefined : judged.flat()
  },
})

const formOf = ({ binding }: Occurrence, { representation }: Context): string => binding.as ?? representation.id ?? ''

function same(scope: Scope, role: Role, context: Context): readonly Claim[] | undefined {
  const all = scope.all(role)
  if (all.length < 2) return undefined
  return all.flatMap((occurrence, index) => {
    const home = all.slice(0, index).find((other) => formOf(other, context) === formOf(occurrence, context))
    return home ? compare(occurrence, home) : []
  })
}

function target(scope: Scope, role: Role, context: Context): readonly Claim[] | undefined {
  const key = scope.first(role)
  const path = elsewhere[role] ?? (role.endsWith('Id') ? [role.slice(0, -2)] : [])
  const object = path.reduce<Scope | undefined>((found, name) => found?.list(name)[0], scope)
  const home = object && object !== scope ? object.first(`${object.entity}.id` as Role) : undefined
  return key && home && formOf(key, context) === formOf(home, context) ? compare(key, home) : undefined
}

/** `invoice.paymentIds` names the payments that are listed, all of them and no others. */
function listed(scope: Scope): readonly Claim[] | undefined {
  const names = scope.first('invoice.paymentIds')
  if (!names || !Array.isArray(names.raw) || !scope.has('invoice.payments')) return undefined
  const payments = scope.list('invoice.payments').map((payment) => payment.first('payment.id')?.raw)
  if (payments.includes(undefined)) return undefined
  const sorted = (ids: readonly unknown[]): string => JSON.stringify([...new Set(ids.map(String))].sort())
  return sorted(names.raw) === sorted(payments) ? [] : [{ at: names, expected: show(payments), received: show(names.raw) }]
}

const compare = (key: Occurrence, home: Occurrence): readonly Claim[] =>
  String(key.raw) === String(home.raw) ? [] : [{ at: key, expected: `${show(home.raw)}, the id at ${home.pointer}`, received: show(key.raw) }]
