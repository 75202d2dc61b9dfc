import { decimalsOf, exponentOf, unitOf } from '../../spec/index.ts'
import type { Binding, BusinessObject } from '../../spec/index.ts'
import { currencyAt } from '../amount.ts'
import { each } from '../clauses/each.ts'
import type { LawContext, Law } from '../law.ts'
import { show } from '../violation.ts'

/** BR-DEC-*. Amounts in minor units are whole numbers; amounts of an unknown currency are passed over. */
export const decimalsFitTheCurrency: Law = {
  code: 'BR-DEC',
  says: 'amounts have no more decimals than their currency',
  about: 'any',
  needs: [],
  clauses: [
    each({
      of: ({ term: { kind, allows } }) => kind === 'amount' && !allows?.includes('finer'),
      limit: (object, context) => ({ object, context }),
      holds: (raw, limit, binding) => {
        // Whole numbers fit every currency.
        const shown = Number.isSafeInteger(raw) ? undefined : decimalsOf(raw)
        const places = shown === undefined ? undefined : placesAt(binding, limit)
        return shown === undefined || places === undefined || shown <= places
      },
      describe: ({ binding, raw }, limit) => ({
        expected: isMinor(binding, limit.context)
          ? 'a whole number of minor units'
          : `at most ${placesAt(binding, limit)} decimals in ${currencyAt(limit.object, binding.term)}`,
        received: show(raw),
      }),
    }),
  ],
}

const isMinor = (binding: Binding, { representation }: LawContext): boolean =>
  unitOf(binding, representation) === 'minor'

/** Returns how many decimals an amount may have, `undefined` where its currency is unknown. */
function placesAt(
  binding: Binding,
  { object, context }: { readonly object: BusinessObject; readonly context: LawContext },
): number | undefined {
  if (isMinor(binding, context)) return 0
  const currency = currencyAt(object, binding.term)
  return currency === '' ? undefined : exponentOf(currency)
}
