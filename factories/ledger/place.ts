import type { Random } from '../random.ts'
import type { LanguageCode } from './language.ts'

/** A town that exists, as far as forms care: its name, post codes and place on the map agree. */
export interface Town {
  readonly name: string
  /** State, county or canton, as addresses there write it. */
  readonly region: string
  /** Pattern of its post codes. */
  readonly postalCode: string
  readonly latitude: number
  readonly longitude: number
  /** Pattern of its telephone numbers, all of them in a range reserved for fiction. */
  readonly phone: string
  /** IANA name, where it differs from the country's first. */
  readonly timezone?: string
  /** Thousandths of a percent, where sales tax is a matter of place. */
  readonly salesTax?: number
}

/** A number under which a company is known to tax office and register; well-formed, and assigned to nobody. */
export interface Registration {
  readonly taxId: string
  readonly registrationId: string
}

/** What a tax rate is called and how much it is. */
export interface TaxRate {
  readonly category: 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O'
  /** Thousandths of a percent. */
  readonly rate: number
  /** VAT, MwSt., Sales tax. */
  readonly name: string
  /** Why nothing is due; missing for category S. */
  readonly reason?: string
}

/** The rates of most goods and services, and of printed books. */
export interface TaxTable {
  readonly standard: TaxRate
  readonly reduced: TaxRate
  /** Where goods alone are treated otherwise than services, at the same rate. */
  readonly goods?: TaxRate
}

/** All that a country decides about the parties that live there. */
export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  /** In English. */
  readonly name: string
  /** ISO 4217. */
  readonly currency: string
  /** BCP 47. */
  readonly locale: string
  readonly language: LanguageCode
  /** IANA names; towns that name none are in the first. */
  readonly timezones: readonly [string, ...string[]]
  /** How common customers from there are, relative to the others. */
  readonly weight: number
  /** Pays by SEPA credit transfer. */
  readonly isSepa: boolean
  /** Takes part in the reverse charge of Directive 2006/112/EC. */
  readonly isEu: boolean
  readonly taxes: TaxTable
  /** Endings of company names and how common they are. */
  readonly legalForms: readonly { readonly weight: number; readonly value: string }[]
  /** Order of street and number: `{number} {street}`. */
  readonly line: string
  /** Pattern of house numbers. */
  readonly numbers: readonly string[]
  /** Pattern of IBANs or, where there are none, of account numbers; see `ibanOf`. */
  readonly iban: string
  readonly towns: readonly Town[]
  /** Returns numbers of the country's form. */
  readonly register: (random: Random, town: Town) => Registration
}

/** Returns the table of a country with a standard rate and one of printed books. */
export const vat = (name: string, standard: number, reduced: number): TaxTable => ({
  standard: { category: 'S', rate: standard, name },
  reduced: { category: 'S', rate: reduced, name },
})
