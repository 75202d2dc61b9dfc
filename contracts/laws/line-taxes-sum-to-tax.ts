import type { BusinessObject, Decimal } from '../../spec/index.ts'
import { stated } from '../amount.ts'
import { amount, equation } from '../clauses/equation.ts'
import type { Law, LawContext } from '../law.ts'
import { linesByRate, sumOfLines, taxAt } from '../terms.ts'

/**
 * The lines share the invoice's tax among them, that of allowances and charges included. Where each line is taxed and rounded for itself and
 * the invoice is taxed rate by rate, the two may differ by what is rounded.
 */
export const lineTaxesSumToTax: Law = {
  code: 'PF-LINE-TAX',
  says: 'tax = Σ line taxes',
  about: 'invoice',
  needs: ['invoice.tax', 'invoice.lines', 'line.tax'],
  uses: [],
  clauses: [equation('invoice.tax', { plus: [sumOfLines(amount('line.tax'))], isRounded: isTaxedByRate })],
}

function isTaxedByRate(_: Decimal, invoice: BusinessObject, context: LawContext): boolean {
  const rated = linesByRate(invoice, context)
  if (!rated) return false
  const sum = (taxes: readonly (Decimal | undefined)[]): Decimal =>
    taxes.reduce<Decimal>((all, tax) => all + (tax ?? 0n), 0n)
  const lines = invoice.list('invoice.lines').map((line) => stated(line, 'line.tax', context))
  return (
    sum(lines) === sum(rated.map(({ tax }) => tax)) &&
    stated(invoice, 'invoice.tax', context) === sum(rated.map(({ net, rate }) => taxAt(net, rate, invoice)))
  )
}
