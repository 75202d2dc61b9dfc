import { exponentOf, fits, parseDecimal, roles, Selection, unitOf } from '../../spec/index.ts'
import type { Occurrence, Role, Scope } from '../../spec/index.ts'
import { currencyAt } from '../amount.ts'
import { defineLaw } from '../law.ts'
import type { Claim, Context } from '../law.ts'
import { show } from '../violation.ts'

/** A unit price may be finer than the currency: BT-146 has no limit of decimals. */
const finer: ReadonlySet<Role> = new Set<Role>(['line.price', 'service.price', 'match.price'])

const limited = new Selection((role) => roles[role].kind === 'amount' && !finer.has(role))

/** BR-DEC-*. Amounts in minor units are whole numbers; amounts of an unknown currency are passed over. */
export const decimalsFitTheCurrency = defineLaw({
  code: 'BR-DEC',
  says: 'amounts have no more decimals than their currency',
  scope: 'any',
  needs: [],
  judge(scope, context) {
    // Whole numbers fit every currency, in minor units and in major.
    const count = scope.scan(limited, Number.isSafeInteger)
    if (count === 0) return undefined
    return count > 0 ? [] : scope.select(limited).flatMap((occurrence) => misfit(scope, occurrence, context))
  },
})

function misfit(scope: Scope, occurrence: Occurrence, { representation }: Context): readonly Claim[] {
  const { binding, raw } = occurrence
  const amount = parseDecimal(raw)
  if (amount === undefined) return []
  if (unitOf(binding, representation) === 'minor') return fits(amount, 0) ? [] : [{ at: occurrence, expected: 'a whole number of minor units', received: show(raw) }]
  const currency = currencyAt(scope, binding.role)
  const places = exponentOf(currency)
  return currency === '' || fits(amount, places) ? [] : [{ at: occurrence, expected: `at most ${places} decimals in ${currency}`, received: show(raw) }]
}
