import { roles } from '../../spec/index.ts'
import type { Entity, Occurrence, Repeated, Role, Scope } from '../../spec/index.ts'
import { screenAgreement } from '../agreement.ts'
import { both, defineLaw } from '../law.ts'
import type { Claim, Context, Glance } from '../law.ts'
import { show } from '../violation.ts'

/** Foreign keys whose object stands elsewhere than under the role of the same name. */
const elsewhere: ReadonlyMap<Role, readonly string[]> = new Map([
  ['invoice.addressId', ['buyer', 'party.address']],
  ['invoice.shippingAddressId', ['buyer', 'party.shippingAddress']],
])

/**
 * Every identity that is written several times is the same everywhere (a line's `invoice_id` is the invoice's id), and a key
 * such as `payment.approverId` is the id of the object under `payment.approver`. Identities of different forms are not compared.
 */
export const keysPointHome = defineLaw({
  code: 'PF-KEYS',
  says: 'every foreign key is the id of the object it travels with',
  scope: 'any',
  needs: [],
  screen(alike) {
    const agreement = screenAgreement(alike, (kind) => kind === 'id')
    if (!alike.isNested) return agreement
    if (alike.entity === 'invoice') return () => 'unsure'
    return (scope) => {
      const agreed = agreement?.(scope) ?? 'silent'
      const aim = agreed === 'unsure' ? agreed : glanceAtAim(scope)
      return aim === 'silent' ? agreed : aim
    }
  },
  judge(scope, context) {
    const twice = scope.repeated()
    if (twice.length === 0 && scope.names.length === 0) return undefined
    let claims: readonly Claim[] | undefined
    for (let index = 0; index < twice.length; index++) {
      const { role, kind, isSame } = twice[index] as Repeated
      if (kind === 'id') claims = both(claims, isSame ? none : same(scope, role, context))
    }
    return both(both(claims, aimed(scope, context)), listed(scope))
  },
})

const none: readonly never[] = []

function glanceAtAim(scope: Scope): Glance {
  const { names } = scope
  let told: Glance = 'silent'
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    const role = keys.get(name)
    const key = role && scope.raw(role)
    const object = key === undefined ? undefined : scope.list(name)[0]
    const id = object && ids.get(object.entity)
    const home = id && object.raw(id)
    if (home === undefined) continue
    if (home !== key) return 'unsure'
    told = 'fine'
  }
  return told
}

/** Keys whose object is there: by the name of its role, or as the table says. */
function aimed(scope: Scope, context: Context): readonly Claim[] | undefined {
  const { names } = scope
  let claims: readonly Claim[] | undefined
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    const role = keys.get(name)
    if (role) claims = both(claims, target(scope, role, scope.list(name)[0], context))
  }
  if (scope.entity !== 'invoice') return claims
  for (const [role, path] of elsewhere)
    claims = both(
      claims,
      target(
        scope,
        role,
        path.reduce<Scope | undefined>((inner, name) => inner?.list(name)[0], scope),
        context,
      ),
    )
  return claims
}

/** The key that goes with an object, by the name of its role: `payment.approverId` with `payment.approver`. */
const keys: ReadonlyMap<string, Role> = new Map(
  (Object.keys(roles) as Role[]).flatMap((role) =>
    role.endsWith('Id') && roles[role].kind === 'id' && !elsewhere.has(role)
      ? [[role.slice(0, -2), role] as const]
      : [],
  ),
)

const ids: ReadonlyMap<Entity, Role> = new Map(
  (Object.keys(roles) as Role[]).flatMap((role) =>
    role.endsWith('.id') ? [[role.slice(0, -3) as Entity, role] as const] : [],
  ),
)

const formOf = ({ binding }: Occurrence, { representation }: Context): string => binding.as ?? representation.id ?? ''

function same(scope: Scope, role: Role, context: Context): readonly Claim[] {
  const homes = new Map<string, Occurrence>()
  let claims: readonly Claim[] = none
  for (const occurrence of scope.all(role)) {
    const form = formOf(occurrence, context)
    const home = homes.get(form)
    if (!home) homes.set(form, occurrence)
    else if (String(occurrence.raw) !== String(home.raw)) claims = [...claims, ...compare(occurrence, home)]
  }
  return claims
}

function target(scope: Scope, role: Role, object: Scope | undefined, context: Context): readonly Claim[] | undefined {
  const id = object && ids.get(object.entity)
  const key = id && scope.first(role)
  const home = key && object.first(id)
  return home && formOf(key, context) === formOf(home, context) ? compare(key, home) : undefined
}

/** `invoice.paymentIds` names the payments that are listed, all of them and no others. */
function listed(scope: Scope): readonly Claim[] | undefined {
  const names = scope.entity === 'invoice' ? scope.first('invoice.paymentIds') : undefined
  if (!names || !Array.isArray(names.raw) || !scope.has('invoice.payments')) return undefined
  const payments = scope.list('invoice.payments').map((payment) => payment.first('payment.id')?.raw)
  if (payments.includes(undefined)) return undefined
  const sorted = (ids: readonly unknown[]): string => JSON.stringify([...new Set(ids.map(String))].sort())
  return sorted(names.raw) === sorted(payments)
    ? []
    : [{ at: names, expected: show(payments), received: show(names.raw) }]
}

const compare = (key: Occurrence, home: Occurrence): readonly Claim[] =>
  key.raw === home.raw || String(key.raw) === String(home.raw)
    ? none
    : [{ at: key, expected: `${show(home.raw)}, the id at ${home.pointer}`, received: show(key.raw) }]
