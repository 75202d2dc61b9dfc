import type { Random } from '../random.ts'
import type { Country, Registration, Town } from './place.ts'

/**
 * Returns the tax number and the register number of a company: of the country's form, agreeing with each other where
 * one contains the other, and assigned to nobody. Where numbers have a check digit (CA, GB, IE, DE, AT, CH, FR, NL, ES,
 * IT, SE, JP, AU) it is wrong; a US number has a prefix that no campus of the IRS hands out; Kuwait has no tax numbers,
 * and its licence number a leading nought. Register numbers without a check digit lie outside what has been handed out.
 */
export const registrationOf = (country: Country, town: Town, random: Random): Registration =>
  country.register(random, town)
