// Lists all laws and selects those that a document can be judged by.

import { applies } from './law.ts'
import type { Law } from './law.ts'
import {
  allowancesSumUp,
  atLeastOneLine,
  chargesSumUp,
  dueIsTotalLessPaid,
  linesSumToLineTotal,
  payableIsTotal,
  paymentsSumToPaid,
  subtotalIsLineTotalLessAllowances,
  taxIsSumOfBreakdown,
  totalIsSubtotalPlusTax,
  taxIsStatedInItsCurrency,
} from './laws/totals.ts'
import { answerIsWhatWasAskedFor, idsAreUnique, keysPointHome } from './laws/identities.ts'
import { datesAreInOrder, decimalsFitTheCurrency, repeatedValuesAgree } from './laws/values.ts'
import { lineNetIsQuantityTimesPrice, lineTaxesSumToTax, lineTotalIsNetPlusTax } from './laws/lines.ts'
import { pageAgreesWithItems } from './laws/pages.ts'
import { statusAgrees } from './laws/status.ts'
import { everyRateHasItsGroup, taxBaseIsSumOfItsLines, taxIsBaseTimesRate } from './laws/tax-breakdown.ts'
import type { Model } from '../spec/index.ts'

/** Every law, in the order in which an invoice is computed; reports list them so. */
export const laws: readonly Law[] = [
  decimalsFitTheCurrency,
  atLeastOneLine,
  lineNetIsQuantityTimesPrice,
  lineTotalIsNetPlusTax,
  linesSumToLineTotal,
  allowancesSumUp,
  chargesSumUp,
  subtotalIsLineTotalLessAllowances,
  everyRateHasItsGroup,
  taxBaseIsSumOfItsLines,
  taxIsBaseTimesRate,
  taxIsSumOfBreakdown,
  lineTaxesSumToTax,
  totalIsSubtotalPlusTax,
  taxIsStatedInItsCurrency,
  payableIsTotal,
  paymentsSumToPaid,
  dueIsTotalLessPaid,
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
