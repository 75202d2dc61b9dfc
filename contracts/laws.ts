import { applies } from './law.ts'
import type { Law } from './law.ts'
import { allowancesSumUp } from './laws/allowances-sum-up.ts'
import { answerIsWhatWasAskedFor } from './laws/answer-is-what-was-asked-for.ts'
import { atLeastOneLine } from './laws/at-least-one-line.ts'
import { chargesSumUp } from './laws/charges-sum-up.ts'
import { datesAreInOrder } from './laws/dates-are-in-order.ts'
import { decimalsFitTheCurrency } from './laws/decimals-fit-the-currency.ts'
import { dueIsTotalLessPaid } from './laws/due-is-total-less-paid.ts'
import { idsAreUnique } from './laws/ids-are-unique.ts'
import { keysPointHome } from './laws/keys-point-home.ts'
import { lineNetIsQuantityTimesPrice } from './laws/line-net-is-quantity-times-price.ts'
import { lineTaxesSumToTax } from './laws/line-taxes-sum-to-tax.ts'
import { lineTotalIsNetPlusTax } from './laws/line-total-is-net-plus-tax.ts'
import { linesSumToLineTotal } from './laws/lines-sum-to-line-total.ts'
import { pageAgreesWithItems } from './laws/page-agrees-with-items.ts'
import { payableIsTotal } from './laws/payable-is-total.ts'
import { paymentsSumToPaid } from './laws/payments-sum-to-paid.ts'
import { repeatedValuesAgree } from './laws/repeated-values-agree.ts'
import { statusAgrees } from './laws/status-agrees.ts'
import { subtotalIsLineTotalLessAllowances } from './laws/subtotal-is-line-total-less-allowances.ts'
import { everyRateHasItsGroup } from './laws/every-rate-has-its-group.ts'
import { taxBaseIsSumOfItsLines } from './laws/tax-base-is-sum-of-its-lines.ts'
import { taxIsBaseTimesRate } from './laws/tax-is-base-times-rate.ts'
import { taxIsSumOfBreakdown } from './laws/tax-is-sum-of-breakdown.ts'
import { totalIsSubtotalPlusTax } from './laws/total-is-subtotal-plus-tax.ts'
import type { Model } from '../spec/index.ts'

/** Every law, in the order in which reports list them. */
export const laws: readonly Law[] = [
  atLeastOneLine,
  linesSumToLineTotal,
  allowancesSumUp,
  chargesSumUp,
  subtotalIsLineTotalLessAllowances,
  taxIsSumOfBreakdown,
  totalIsSubtotalPlusTax,
  dueIsTotalLessPaid,
  taxIsBaseTimesRate,
  taxBaseIsSumOfItsLines,
  everyRateHasItsGroup,
  decimalsFitTheCurrency,
  payableIsTotal,
  lineNetIsQuantityTimesPrice,
  lineTotalIsNetPlusTax,
  lineTaxesSumToTax,
  paymentsSumToPaid,
  datesAreInOrder,
  statusAgrees,
  keysPointHome,
  repeatedValuesAgree,
  idsAreUnique,
  pageAgreesWithItems,
  answerIsWhatWasAskedFor,
]

const fitting = new WeakMap<Model['bound'], readonly Law[]>()

/** Returns the laws that a document's bindings call for. */
export function lawsFor(model: Pick<Model, 'bound'>): readonly Law[] {
  const known = fitting.get(model.bound) ?? laws.filter((law) => applies(law, model))
  fitting.set(model.bound, known)
  return known
}
