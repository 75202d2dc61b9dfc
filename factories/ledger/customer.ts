import { salt, unit } from './draw.ts'

const name = salt('customer')

/**
 * Returns the number of a customer, drawn so that few get most invoices: customer k with a probability that falls as
 * 1 / (k + 1), as in Zipf's law.
 * @param key seed of the draw
 * @param population how many customers there are, at least 1
 */
export const customerAt = (key: number, population: number): number =>
  Math.min(population - 1, Math.floor((population + 1) ** unit(key, name)) - 1)

/** Returns the share of invoices that customer `number` of a population gets, 0 to 1. */
export const customerWeight = (number: number, population: number): number =>
  Math.log((number + 2) / (number + 1)) / Math.log(population + 1)
