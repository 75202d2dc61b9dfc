import type { Faker, LocaleDefinition } from '@faker-js/faker'
import type { Industry } from './industry.ts'

/** Languages that names and streets come in. */
export type LanguageCode = 'en' | 'de' | 'fr' | 'nl' | 'es' | 'it' | 'sv' | 'ja' | 'ar'

/** A word as people write it, and in the letters that an e-mail address can have. */
export interface Word {
  readonly text: string
  readonly latin: string
}

/** What a language has to say about companies and people. */
export interface Language {
  readonly code: LanguageCode
  /** Returns what Faker puts names and streets together from; missing where nothing is taken from it. */
  readonly words?: () => LocaleDefinition
  /** First and second halves of invented names: Bright-water. */
  readonly heads: readonly string[]
  readonly tails: readonly string[]
  /** Stands between two family names; missing where companies are not called after partners. */
  readonly and?: string
  /** What companies of an industry call their trade; no word is shared with another language. */
  readonly trades: Readonly<Record<Industry, readonly [Word | string, Word | string]>>
  /** Local parts of a company's mailbox for invoices. */
  readonly mailboxes: readonly string[]
  /** Pattern of the second line of an address. */
  readonly floor: string
  /** Returns a street's name. */
  readonly street: (faker: Faker) => string
  /** Names that Faker does not have in Latin letters. */
  readonly givenNames?: readonly Word[]
  readonly familyNames?: readonly Word[]
  /** The family name comes first. */
  readonly isFamilyFirst?: boolean
}
