// The catalogue of a seed: articles with list prices, usual quantities and a ranking by sales.
import { mix2, Random } from '../random.ts'
import type { Seed } from '../random.ts'
import { articlesOf, tradeCodes } from './articles.ts'
import type { Article, Trade } from './articles.ts'
import { roundTo3 } from './currencies.ts'
import { salt, unit, whole } from './draw.ts'

/** Something the seller sells, at its list price. */
export interface CatalogueItem {
  /** Place in the catalogue from 0. */
  readonly index: number
  /** The seller's article number. */
  readonly code: string
  readonly name: string
  readonly description: string
  readonly productType: Article['productType']
  /** UN/ECE Recommendation 20 code. */
  readonly unit: Article['unit']
  /** List price of one unit in US cents; `priceIn` says what it is elsewhere. */
  readonly price: number
  /** Quantities in thousandths, each as likely as the others: hours in quarters, all else whole; small ones are common. */
  readonly quantities: Int32Array
  /** The rate of tax tables that it is taxed at. */
  readonly taxedAs: 'standard' | 'books' | 'food'
  readonly billing: 'once' | 'monthly'
}

const listPrice = salt('list price')

const tradeDraw = salt('business')

/** Returns the trade of a seed's seller, where none is stated. */
export const tradeOf = (seed: Seed): Trade =>
  tradeCodes[whole(Random.of(seed).key, tradeDraw, 0, tradeCodes.length - 1)] as Trade

/** Returns the seller's catalogue: the articles of its trade, with prices that a seed has fixed. */
export function catalogueOf(seed: Seed, trade: Trade = tradeOf(seed)): readonly CatalogueItem[] {
  const { key } = Random.of(seed)
  return articlesOf(trade).map((article, index): CatalogueItem => {
    const { code, name, description, productType, unit: measure } = article
    const cents = between(article.price, unit(mix2(key, index), listPrice)) * 100
    return {
      index,
      code,
      name,
      description,
      productType,
      unit: measure,
      price: roundTo3(cents),
      quantities: quantitiesOf(article),
      taxedAs: article.taxedAs ?? 'standard',
      billing: productType === 'subscription' ? 'monthly' : 'once',
    }
  })
}

const priceChange = salt('price change')

/**
 * Returns an item's price in US cents on a price list; there is a new one each year. A quarter of the prices stay, the others rise by half a
 * percent to six and a half.
 * @param key seed of the ledger's draws
 * @param list 0 for the first
 */
export function priceOn(key: number, { index, price }: CatalogueItem, list: number): number {
  let now = price
  for (let year = 1; year <= list; year++) {
    const draw = unit(mix2(mix2(key, index), year), priceChange)
    if (draw >= 0.25) now = roundTo3(now * (1.005 + 0.08 * (draw - 0.25)))
  }
  return now
}

/** Steps from the least quantity to the greatest. */
const steps = 512

/** A table, because a million invoices look quantities up, and powers are slow. */
function quantitiesOf({ unit: measure, quantity: [least, greatest] }: Article): Int32Array {
  const step = measure === 'HUR' ? 250 : 1000
  const [low, high] = [(least * 1000) / step, (greatest * 1000) / step]
  const ratio = (high + 1) / low
  return Int32Array.from(
    { length: steps },
    (_, index) => Math.min(high, Math.floor(low * ratio ** (index / steps))) * step,
  )
}

/** Spreads prices evenly over orders of magnitude. */
const between = ([least, greatest]: readonly [number, number], draw: number): number =>
  least * (greatest / least) ** draw

const rank = salt('subscribed item')

/** Returns the items that are no subscriptions, the best sellers first. */
export const rankingOf = (key: number, catalogue: readonly CatalogueItem[]): readonly number[] =>
  catalogue
    .filter(({ productType }) => productType !== 'subscription')
    .map(({ index }) => ({ index, draw: unit(mix2(key, index), rank) }))
    .toSorted((left, right) => left.draw - right.draw)
    .map(({ index }) => index)
