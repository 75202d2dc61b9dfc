import { salt, unit } from './draw.ts'

const name = salt('customer')

/** Customers that order as much as the largest. */
const equals = 3

/**
 * Returns the number of a customer, drawn so that few get most invoices: customer k with a probability that falls as
 * 1 / (k + 3), much as in Zipf's law.
 * @param key seed of the draw
 * @param population how many customers there are, at least 1
 */
export const customerAt = (key: number, population: number): number =>
  Math.min(population - 1, Math.floor(equals * ((population + equals) / equals) ** unit(key, name)) - equals)

/** Returns the share of invoices that customer `number` of a population gets, 0 to 1. */
export const customerWeight = (number: number, population: number): number =>
  Math.log((number + equals + 1) / (number + equals)) / Math.log((population + equals) / equals)

const [fewest, most] = [4, 20_000]

/** Returns how many customers a company has when it issues entry `index`: it begins with four, and a large one has 20,000. */
export function populationAt(index: number): number {
  // x to the power of 3/4, by roots: exact on every platform, and quick.
  const root = Math.sqrt(index + 1)
  return Math.min(most, Math.max(fewest, Math.round((root * Math.sqrt(root)) / 1.5)))
}

/** Returns the first entry that may be of a customer. */
export const joinsAt = (customer: number): number =>
  customer < fewest ? 0 : Math.max(0, Math.ceil((1.5 * (customer + 0.5)) ** (4 / 3)) - 1)
