// Draws the lines of an invoice, its discount and its freight.
import { multiplyDivide } from '../../spec/index.ts'
import { mix2 } from '../random.ts'
import type { Book, Customer } from './book.ts'
import type { Sums } from './calculate.ts'
import type { CatalogueItem } from './catalogue.ts'
import { salt, unit, whole } from './draw.ts'
import type { InvoiceDraw } from './invoice-draw.ts'

/** The numbers of one line, in minor units and thousandths; filled again and again on the way through the columns. */
export class LineDraw {
  /** Number of the catalogue item. */
  item = 0
  quantity = 0
  price = 0
  allowance = 0
  net = 0
  taxRate = 0
  /** Places of the ranking that the invoice has had so far. */
  readonly taken = new Uint8Array(64)

  /** Forgets what an invoice has had. */
  clear(): this {
    this.taken.fill(0)
    return this
  }
}

const names = {
  item: salt('catalogue item'),
  choice: salt('choice of item'),
  quantity: salt('quantity'),
  discount: salt('line discount'),
  percent: salt('percent of line discount'),
  rebate: salt('document allowance'),
  rebatePercent: salt('percent of document allowance'),
  freight: salt('freight'),
  freightCost: salt('cost of freight'),
}

/** Moves a draw towards the large orders or the small ones; `size` is from −1 to 1, below either end. */
const lift = (draw: number, size: number): number => (size < 0 ? draw * (1 + size) : draw + (1 - draw) * size)

/**
 * Returns an item that the invoice does not have yet. Best sellers are bought most; a third of what a customer buys it
 * chooses from its own favourites on, so that it buys the same again.
 */
function itemOf({ ranking }: Book, { favourite }: Customer, key: number, { taken }: LineDraw): number {
  const draw = unit(key, names.item)
  const rank = Math.floor(draw * Math.sqrt(draw) * ranking.length)
  let place = unit(key, names.choice) < 0.65 ? rank : (rank + favourite) % ranking.length
  while (taken[place] === 1) place = (place + 1) % ranking.length
  taken[place] = 1
  return ranking[place] as number
}

/** Draws line `index` of the entry that was drawn, after those before it: those that bill the contract come first. */
export function drawLine(book: Book, drawn: InvoiceDraw, index: number, line: LineDraw): LineDraw {
  const key = mix2(drawn.orderKey, index + 1)
  const { profile } = drawn
  const subscription = index < drawn.subscriptions ? profile.subscriptions[index] : undefined
  line.item = subscription?.item ?? itemOf(book, profile, key, index === drawn.subscriptions ? line.clear() : line)
  const item = book.catalogue[line.item] as CatalogueItem
  line.quantity =
    subscription?.quantity ??
    (item.quantities[Math.floor(lift(unit(key, names.quantity), profile.size) * item.quantities.length)] as number)
  line.price = (subscription ? profile.contractPrices : drawn.prices)[line.item] as number
  // Prices of lists are whole.
  const gross = multiplyDivide(line.quantity, line.price, 1000)
  line.allowance =
    subscription === undefined && unit(key, names.discount) < 0.12
      ? multiplyDivide(gross, whole(key, names.percent, 1, 4) * 5, 100)
      : 0
  line.net = gross - line.allowance
  if (drawn.credited >= 0) takeBack(line)
  line.taxRate = profile.taxRates[line.item] as number
  return line
}

/** Takes a line back: by a quantity below nought, because prices are not (BR-27). One with a discount is taken back as a whole. */
function takeBack(line: LineDraw): void {
  if (line.allowance !== 0) {
    line.quantity = 1000
    line.price = line.net
    line.allowance = 0
  }
  line.quantity = -line.quantity
  line.net = -line.net
}

/** Returns the percentage of a document-level allowance, in thousandths; 0 where there is none. */
export const allowanceRate = ({ key, credited }: InvoiceDraw): number =>
  credited < 0 && unit(key, names.rebate) < 0.08 ? whole(key, names.rebatePercent, 1, 4) * 1250 : 0

/** Returns the cost of freight in minor units; 0 where nothing is shipped. */
export function freight({ key, credited, profile }: InvoiceDraw, hasGoods: boolean): number {
  if (!hasGoods || credited >= 0 || unit(key, names.freight) > 0.4) return 0
  return whole(key, names.freightCost, 6, 60) * profile.freightPrice
}

const scratch = new LineDraw()

/** Adds up an entry's lines, allowance and freight without keeping them: what the columns need. */
export function sumDraws(book: Book, drawn: InvoiceDraw, sums: Sums): Sums {
  sums.reset()
  let hasGoods = false
  for (let index = 0; index < drawn.lines; index++) {
    const { net, taxRate, item } = drawLine(book, drawn, index, scratch)
    sums.line(net, taxRate)
    hasGoods ||= book.catalogue[item]?.productType === 'goods'
  }
  const rate = allowanceRate(drawn)
  if (rate > 0) sums.allowance(multiplyDivide(sums.lineTotal, rate, 100_000), sums.mainRate)
  const cost = freight(drawn, hasGoods)
  if (cost > 0) sums.charge(cost, sums.mainRate)
  return sums
}
