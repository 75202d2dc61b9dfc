import { exponentOf, fits, parseDecimal, roles, Selection, unitOf } from '../../spec/index.ts'
import type { Leaf, Occurrence, Role, Scope } from '../../spec/index.ts'
import { currencyAt } from '../amount.ts'
import { defineLaw } from '../law.ts'
import type { Claim, Context, Glance } from '../law.ts'
import { show } from '../violation.ts'

/** A unit price may be finer than the currency: BT-146 has no limit of decimals. */
const finer: ReadonlySet<Role> = new Set<Role>(['line.price', 'service.price', 'match.price'])

const limited = new Selection((role) => roles[role].kind === 'amount' && !finer.has(role))

const isLimited = ({ binding: { role } }: Occurrence): boolean => limited.roles.has(role)

/** BR-DEC-*. Amounts in minor units are whole numbers; amounts of an unknown currency are passed over. */
export const decimalsFitTheCurrency = defineLaw({
  code: 'BR-DEC',
  says: 'amounts have no more decimals than their currency',
  scope: 'any',
  needs: [],
  screen({ plan, entity, isScattered }) {
    const leaves = limited.leaves(plan, entity)
    if (isScattered) return (scope) => (scope.elsewhere.some(isLimited) ? 'unsure' : glanceAt(scope, leaves))
    return leaves.length === 0 ? undefined : (scope) => glanceAt(scope, leaves)
  },
  judge(scope, context) {
    const amounts = scope.select(limited)
    return amounts.length === 0 ? undefined : amounts.flatMap((amount) => misfit(scope, amount, context))
  },
})

/** Whole numbers fit every currency, in minor units and in major. */
function glanceAt(scope: Scope, leaves: readonly Leaf[]): Glance {
  let told: Glance = 'silent'
  for (let index = 0; index < leaves.length; index++) {
    const raw = scope.value(leaves[index] as Leaf)
    if (raw === undefined) continue
    if (!Number.isSafeInteger(raw)) return 'unsure'
    told = 'fine'
  }
  return told
}

function misfit(scope: Scope, occurrence: Occurrence, { representation }: Context): readonly Claim[] {
  const { binding, raw } = occurrence
  const amount = parseDecimal(raw)
  if (amount === undefined) return []
  if (unitOf(binding, representation) === 'minor')
    return fits(amount, 0) ? [] : [{ at: occurrence, expected: 'a whole number of minor units', received: show(raw) }]
  const currency = currencyAt(scope, binding.role)
  const places = exponentOf(currency)
  return currency === '' || fits(amount, places)
    ? []
    : [{ at: occurrence, expected: `at most ${places} decimals in ${currency}`, received: show(raw) }]
}
