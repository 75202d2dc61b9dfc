// Meanings: amounts, prices, fees and percentages.

import type { Random } from '../random.ts'
import type { Clue } from '../semantics/clue.ts'
import { oneOf } from '../semantics/meaning.ts'
import type { Draw, Make, ValueMeaning } from '../semantics/meaning.ts'

/** Returns an amount as spread as real ones are: most between a lower bound and a hundred times that, few large. */
function spread(random: Random, from: number, decades: number): number {
  const value = from * 10 ** (random.float() * decades)
  return value > 200 ? Math.round(value * 4) / 4 : Math.round(value * 20) / 20
}

const isMinor = ({ isWhole, words, description }: Clue): boolean =>
  isWhole ||
  words.includes('cents') ||
  words.includes('minor') ||
  /\bin cents\b|minor unit|smallest currency unit/.test(description)

/** Amounts of whole numbers are in minor units. */
const amount =
  (from: number, decades: number): Make<number> =>
  ({ random, clue }: Draw) => {
    const value = spread(random, from, decades)
    return isMinor(clue) ? Math.round(value * 100) : value
  }

const asText =
  (make: Make<number>): Make<string> =>
  (draw) => {
    const value = make(draw)
    return value === undefined ? undefined : isMinor(draw.clue) ? String(value) : value.toFixed(2)
  }

const money = (label: string, names: string, from: number, decades: number, presence = 0.95): ValueMeaning => {
  const number = amount(from, decades)
  return { label, names, number, text: asText(number), formats: 'decimal money', presence }
}

const isFraction = ({ clue: { schema, description } }: Draw): boolean =>
  (typeof schema.maximum === 'number' && schema.maximum <= 1) ||
  /fraction|decimal between 0 and 1|0 to 1|0\.\d+ (?:for|means|=)/.test(description)

const percent =
  (values: readonly number[]): Make<number> =>
  (draw) => {
    const value = draw.random.pick(values)
    return isFraction(draw) ? value / 100 : value
  }

const percentages = (label: string, names: string, values: readonly number[], presence = 0.7): ValueMeaning => {
  const number = percent(values)
  return { label, names, number, text: (draw) => String(number(draw)), formats: 'decimal', presence }
}

const rates = [0.8412, 0.9174, 1.0835, 1.1602, 1.2748, 1.3651, 1.4906, 0.6547, 10.9425, 152.37]
const exchange: Make<number> = oneOf(rates)

/** Money, and what it is multiplied by. Lone amounts only: sums that agree need roles. */
export const moneyMeanings: readonly ValueMeaning[] = [
  money(
    'amount',
    'amount|amount value|=value of money|money|gross|net|net amount|gross amount|total amount|subtotal|sub total|grand total|amount due|amount paid|line total|transaction amount|invoice amount|sum|turnover|revenue|' +
      'volume|payment amount|taxable amount|amount total|applied amount|invoice total|open amount|outstanding|outstanding amount|' +
      'amount remaining|payable|receivable|paid amount|subtotal recurring|included amount|~amount|flat cap|mrr|arr',
    40,
    2.6,
  ),
  money('amount', '=total|=due|=paid|=value|=remaining|=net|=open', 40, 2.6),
  money(
    'amount',
    'balance due|amount owed|amount owing|total due|total paid|order total|basket total|cart total|total price|item total price',
    40,
    2.6,
  ),
  money(
    'balance',
    'balance|account balance|current balance|credit balance|opening balance|closing balance|equity',
    100,
    2.4,
    0.8,
  ),
  money(
    'price',
    'price|unit price|list price|unit amount|unit cost|cost|cost price|price per unit|unit value|per unit price|per unit|per unit overage',
    4,
    2.2,
  ),
  money(
    'fee',
    'fee|charge|fee amount|flat fee|application fee|platform fee|shipping|shipping cost|shipping amount|freight|handling|surcharge|' +
      'late fee|tip|gratuity|deposit|commission|unit rate|overage rate',
    1.5,
    1.6,
    0.5,
  ),
  money(
    'tax amount',
    'tax amount|vat amount|total tax|tax total|=tax|sales tax|withheld tax|withholding|gst amount',
    4,
    2,
    0.8,
  ),
  money(
    'discount',
    'discount|discount amount|rebate|allowance|write off|adjustment|adjustment amount|credit amount|applied credit|credited amount|' +
      'credited amount cents|credit',
    2,
    1.6,
    0.35,
  ),
  money(
    'refund',
    'refund amount|refunded amount|amount refunded|refunded amount cents|chargeback amount|amount refunded',
    5,
    1.8,
    0.2,
  ),
  money(
    'limit',
    'credit limit|spending limit|invoice threshold|amount threshold|budget|limit amount|approval limit',
    1_000,
    1.5,
    0.4,
  ),
  money('salary', 'salary|wage|annual salary|base salary|gross salary|compensation', 32_000, 0.6, 0.4),
  money('annual revenue', 'annual revenue|annual turnover|yearly revenue|market cap', 40_000, 1.5, 0.4),
  money('cents', '~cents', 40, 2.4),
  percentages(
    'tax rate',
    'tax rate|vat rate|gst rate|sales tax rate|effective tax rate|total tax rate|tax percent|tax percentage|vat percentage|' +
      'withholding rate|rate of tax',
    [5, 7, 8.5, 10, 19, 20, 21],
  ),
  {
    ...money('price', '=rate|=price', 1.5, 1.6),
    of: 'fee price slot capacity component usage unit charge tier recurring overage',
  },
  percentages('tax rate', '=rate|=percentage|=percent', [5, 7, 8.5, 10, 19, 20, 21]),
  percentages(
    'discount rate',
    'discount rate|discount percent|discount percentage|percent off|percentage off|discount percent off|early payment discount',
    [2, 5, 10, 12.5, 15, 20],
    0.4,
  ),
  percentages(
    'interest rate',
    'interest rate|late fee rate|annual percentage rate|apr|default interest|financing rate',
    [4.5, 5.25, 6.9, 8, 9.5],
    0.4,
  ),
  percentages(
    'percentage',
    'percent|percentage|~percent|~percentage|pct|utilization|completion|success rate|error rate|growth rate|conversion rate|churn rate|' +
      'occupancy|coverage',
    [4, 12.5, 25, 33, 48, 50, 62.5, 75, 88, 96],
  ),
  {
    label: 'exchange rate',
    names:
      'exchange rate|currency rate|fx rate|conversion rate currency|conversion factor|rate to base|currency exchange rate',
    number: exchange,
    text: (draw) => String(exchange(draw)),
    formats: 'decimal',
    presence: 0.5,
  },
  {
    label: 'amount with currency',
    names: 'formatted amount|amount formatted|display amount|formatted total|price formatted|amount text',
    text: ({ random }) => `$${random.int(40, 9_400)}.${random.pick(['00', '50', '25', '95'])}`,
    presence: 0.5,
  },
]
