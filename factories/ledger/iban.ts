import type { Random } from '../random.ts'
import { fill } from './pattern.ts'
import type { Country } from './place.ts'

/**
 * Returns a bank account of the country's form, which no bank can hold. An IBAN has the right length and account form,
 * but the check digits 00, which ISO 13616 never yields (02 to 98). Where there are no IBANs (US, CA, AU, JP) it is the
 * country's bank code and account number, with a bank code that is not assigned.
 */
export const ibanOf = ({ iban }: Country, random: Random): string => fill(iban, random)
