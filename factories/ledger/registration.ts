// Tax numbers, register numbers and bank accounts of each country’s form, none of which can be assigned.
import type { Random } from '../random.ts'
import type { Country, Town } from './countries.ts'
import { digitsOf, fillPattern } from './text.ts'

/** Numbers of a company at tax office and register; well-formed, and not assigned. */
export interface Registration {
  readonly taxId: string
  readonly registrationId: string
}

/** Returns the sum of digits times weights. */
export const weigh = (text: string, weights: readonly number[]): number =>
  digitsOf(text).reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), 0)

/** Returns the check digit of ISO/IEC 7812 (Luhn) for a body without one. */
function luhn(body: string): number {
  const sum = digitsOf(body)
    .reverse()
    .reduce((total, digit, index) => total + (index % 2 === 0 ? doubled(digit) : digit), 0)
  return (10 - (sum % 10)) % 10
}

const doubled = (digit: number): number => (digit > 4 ? digit * 2 - 9 : digit * 2)

/** Returns the check digit of ISO 7064 MOD 11,10 for a body without one. */
function mod1110(body: string): number {
  const product = digitsOf(body).reduce((carry, digit) => {
    const sum = (digit + carry) % 10
    return ((sum === 0 ? 10 : sum) * 2) % 11
  }, 10)
  return (11 - product) % 10
}

/** Returns the remainder of an alphanumeric text modulo 97, letters counting from A = 10 (ISO 7064 MOD 97-10). */
const mod97 = (text: string): number =>
  text.split('').reduce((rest, sign) => {
    const value = Number.parseInt(sign, 36)
    return (value > 9 ? rest * 100 + value : rest * 10 + value) % 97
  }, 0)

/**
 * Returns a digit that is wrong where `right` would be right: the number keeps its form, and no register can ever
 * have assigned it.
 */
const wrong = (right: number, size = 10): number => (right + 1 + (right % 3)) % size

/** Two-digit prefixes that the IRS assigns to no campus: an EIN that begins with one is not assigned. */
const unassigned = ['07', '17', '18', '19', '28', '29', '49', '69', '70', '78', '79', '89', '96', '97']

const registers: Readonly<Record<string, (random: Random, town: Town) => Registration>> = {
  US: (random) => ({
    taxId: fillPattern(`${random.pick(unassigned)}-#######`, random),
    registrationId: fillPattern('0######', random),
  }),
  CA(random) {
    const body = fillPattern('@#######', random)
    const number = `${body}${wrong(luhn(body))}`
    return { taxId: `${number}RT0001`, registrationId: `${number}RC0001` }
  },
  // VAT numbers fail both checks in use, modulus 97 and 9755.
  GB(random) {
    const body = fillPattern('@######', random)
    const sum = weigh(body, [8, 7, 6, 5, 4, 3, 2])
    const right = (97 - (sum % 97)) % 97
    const check = (right + 1) % 97 // 9755 would want right − 55, which is right + 42
    return { taxId: `GB${body}${String(check).padStart(2, '0')}`, registrationId: fillPattern('99######', random) } // the register has not reached 20,000,000
  },
  // VAT numbers carry a wrong check letter.
  IE(random) {
    const body = fillPattern('@######', random)
    const letter = 'WABCDEFGHIJKLMNOPQRSTUV'.charAt(wrong(weigh(body, [8, 7, 6, 5, 4, 3, 2]) % 23, 23))
    return { taxId: `IE${body}${letter}`, registrationId: fillPattern('9@####', random) } // the register has not reached 900,000
  },
  DE(random) {
    const body = fillPattern('@#######', random)
    return { taxId: `DE${body}${wrong(mod1110(body))}`, registrationId: fillPattern('HRB 0#####', random) } // registers write no leading nought
  },
  AT(random) {
    const body = fillPattern('@######', random)
    const sum = digitsOf(body).reduce(
      (total, digit, index) => total + (index % 2 === 0 ? digit : Math.floor(digit / 5) + ((digit * 2) % 10)),
      0,
    )
    return {
      taxId: `ATU${body}${wrong((96 - sum) % 10)}`,
      registrationId: fillPattern('FN 0#####', random) + random.pick(['a', 'b', 'd', 'f', 'g', 'h']),
    }
  },
  CH(random) {
    const body = fillPattern('@#######', random)
    const check = wrong(((11 - (weigh(body, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11) % 10)
    const uid = `CHE-${body.slice(0, 3)}.${body.slice(3, 6)}.${body.slice(6)}${check}`
    return { taxId: `${uid} MWST`, registrationId: uid }
  },
  // A SIREN with a wrong check digit stands in both numbers.
  FR(random) {
    const body = fillPattern('@#######', random)
    const siren = `${body}${wrong(luhn(body))}`
    const key = String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0')
    return { taxId: `FR${key}${siren}`, registrationId: siren.replaceAll(/(\d{3})(?=\d)/g, '$1 ') }
  },
  // VAT numbers fail both checks in use, the eleven-test and modulus 97.
  NL(random) {
    const body = fillPattern('@#######', random)
    const number = `${body}${((weigh(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11) + 1) % 10}`
    const taxId = [`NL${number}B01`, `NL${number}B02`].find((candidate) => mod97(candidate) !== 1) as string
    return { taxId, registrationId: fillPattern('00######', random) } // numbers of the chamber of commerce begin above 00
  },
  ES(random) {
    const body = fillPattern('@######', random)
    return { taxId: `ESB${body}${wrong(luhn(body))}`, registrationId: fillPattern('Hoja 0#####', random) }
  },
  IT(random, { region }) {
    const body = fillPattern('0@#####015', random)
    return { taxId: `IT${body}${wrong(luhn(body))}`, registrationId: fillPattern(`REA ${region}-0######`, random) }
  },
  SE(random) {
    const body = fillPattern('556@#####', random)
    const number = `${body}${wrong(luhn(body))}`
    return { taxId: `SE${number}01`, registrationId: `${number.slice(0, 6)}-${number.slice(6)}` }
  },
  JP(random) {
    const body = fillPattern('##0001######', random)
    const sum = digitsOf(body)
      .reverse()
      .reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 2), 0)
    const number = `${((9 - (sum % 9)) % 9) + 1}${body}` // 9 − sum mod 9 would be right
    return { taxId: `T${number}`, registrationId: number }
  },
  // Business numbers fail modulus 89, company numbers carry a wrong check digit.
  AU(random) {
    const body = fillPattern('########', random)
    const acn = `${body}${wrong((10 - (weigh(body, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10)}`
    const [first, second] = [41, 42].map((lead) => `${lead}${acn}`) as [string, string]
    const abn = isAbn(first) ? second : first
    return {
      taxId: abn.replace(/(\d\d)(\d{3})(\d{3})(\d{3})/, '$1 $2 $3 $4'),
      registrationId: acn.replace(/(\d{3})(\d{3})(\d{3})/, '$1 $2 $3'),
    }
  },
  // There are no VAT numbers: the licence number stands in, with a leading nought that licences do not have.
  KW(random) {
    const licence = fillPattern('0#####', random)
    return { taxId: licence, registrationId: `${licence}/${random.int(1995, 2019)}` }
  },
}

const isAbn = (number: string): boolean => (weigh(number, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0

/**
 * Returns the tax number and the register number of a company: of the country's form, agreeing with each other where
 * one contains the other, and not assigned. Where numbers have a check digit (CA, GB, IE, DE, AT, CH, FR, NL, ES,
 * IT, SE, JP, AU) it is wrong; a US number has a prefix that no campus of the IRS hands out; Kuwait has no tax numbers,
 * and its licence number a leading nought. Register numbers without a check digit lie outside what has been handed out.
 */
export const registrationOf = (country: Country, town: Town, random: Random): Registration =>
  (registers[country.code] as (typeof registers)[string])(random, town)

/**
 * Returns a bank account of the country's form, which no bank can hold. An IBAN has the right length and account form,
 * but the check digits 00, which ISO 13616 never yields (02 to 98). Where there are no IBANs (US, CA, AU, JP) it is the
 * country's bank code and account number, with a bank code that is not assigned.
 */
export const ibanOf = ({ iban }: Country, random: Random): string => fillPattern(iban, random)
