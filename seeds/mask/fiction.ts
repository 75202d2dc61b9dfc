// Makes up what stands for a value of an export: the same value always gets the same.

import { ledgerOf } from '../../factories/index.ts'
import type { Ledger, Party } from '../../factories/index.ts'
import { numberFor, permute, disguise } from './permute.ts'
import type { ValueKind } from './classify.ts'

/** What is known around a value. */
export interface Surroundings {
  /** ISO 3166 code of the address that it is part of. */
  readonly country?: string
  /** Town of the address that it is part of. */
  readonly city?: string
}

/** Companies and people to choose from. */
const parties = 1_000_000
const articles = 500

/** Sentences of invoices and letters that tell nothing. */
const sentences = [
  'Thank you for your business.',
  'Payment by bank transfer, please.',
  'Please quote the invoice number with your payment.',
  'Delivered as ordered.',
  'The amounts are as agreed.',
  'Please send questions to our accounts department.',
  'This replaces our earlier offer.',
  'Services as described in the contract.',
  'Approved by the department.',
  'Kind regards',
]

/** Values whose replacement is kept at hand. */
const most = 50_000

/** Makes replacements under a key: who does not know it cannot tell what they stand for. */
export class Fiction {
  readonly #key: Buffer
  readonly #ledger: Ledger
  readonly #made = new Map<string, string>()
  /** Countries in which the books know no town. */
  readonly #withoutTowns = new Set<string>()

  constructor(key: Uint8Array) {
    this.#key = Buffer.from(key)
    this.#ledger = ledgerOf({ seed: 1, invoices: articles, today: 20_468 })
  }

  /** Returns what stands for a text of a kind. */
  text(value: string, kind: ValueKind, around: Surroundings = {}): string {
    // An address is one of its town and country.
    const name = [kind, value, around.country ?? '', around.city ?? ''].join('\0')
    const known = this.#made.get(name)
    if (known !== undefined) return known
    if (this.#made.size >= most) this.#made.clear()
    const made = value.trim() === '' ? value : this.#make(value, kind, around)
    this.#made.set(name, made)
    return made
  }

  /** Returns what stands for a number as it is written in JSON: one of as many digits, or a place on the map. */
  number(text: string, kind: ValueKind): string {
    if (kind === 'latitude' || kind === 'longitude') return String(this.#party(text).address[kind])
    const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)(.*)$/.exec(text) ?? []
    return sign + permute(this.#key, whole) + permute(this.#key, rest.replace(/e.*/i, ''))
  }

  /** Returns what stands for a key of an object that holds something of somebody. */
  key(name: string): string {
    return disguise(this.#key, name)
  }

  #party(value: string, country?: string): Party {
    const folded = value.trim().toLowerCase().replace(/\s+/g, ' ')
    const choose = (round: number): Party => this.#ledger.party(numberFor(this.#key, `${round} ${folded}`, parties))
    if (country === undefined || this.#withoutTowns.has(country)) return choose(0)
    for (let round = 0; round < 200; round++) {
      const party = choose(round)
      if (party.country === country) return party
    }
    this.#withoutTowns.add(country)
    return choose(0)
  }

  #make(value: string, kind: ValueKind, { country, city }: Surroundings): string {
    const key = this.#key
    const town = (): Party => this.#party(city ?? value, country)
    switch (kind) {
      case 'company':
        return this.#party(value).name
      case 'person':
        return this.#person(value).name
      case 'given name':
        return this.#person(value).givenName
      case 'family name':
        return this.#person(value).familyName
      case 'email':
        return this.#email(value)
      case 'phone':
        return this.#party(value.replace(/\D/g, '')).phone
      case 'street':
        return this.#party(value).address.line1
      case 'city':
        return town().address.city
      case 'post code':
        return town().address.postalCode
      case 'region':
        return town().address.region ?? town().address.city
      case 'address on the web':
        return this.#link(value)
      case 'article':
        return this.#article(value)
      case 'text':
        return this.#sentences(value)
      case 'birth date':
        return `19${50 + numberFor(key, value, 50)}-${two(1 + numberFor(key, `month ${value}`, 12))}-${two(1 + numberFor(key, `day ${value}`, 28))}`
      case 'account':
      case 'tax number':
        // The country stays, and check digits of the rest are those of nobody.
        return /^[A-Z]{2}/.test(value)
          ? value.slice(0, 2) + withoutCheck(value, permute(key, value.slice(2)))
          : disguise(key, value)
      case 'file name':
        return disguise(key, value.replace(/\.\w+$/, '')) + (/\.\w+$/.exec(value)?.[0] ?? '')
      case 'identity':
      case 'number':
        return permuted(key, value)
      default:
        return disguise(key, value)
    }
  }

  #person(value: string): Party['people'][number] {
    return this.#party(`person ${value}`).people[0] as Party['people'][number]
  }

  #email(value: string): string {
    const [local = '', host = ''] = value.toLowerCase().split(/@(?=[^@]*$)/)
    const { domain } = this.#party(host)
    const isRole = /^(?:ap|ar|billing|accounts?|accounting|finance|invoices?|info|office|support|sales)$/.test(local)
    const person = this.#person(value.toLowerCase())
    return isRole ? `${local}@${domain}` : `${person.email.split('@')[0] as string}@${domain}`
  }

  /** A link leads to a reserved domain; its steps are identities, words of an API among them or not. */
  #link(value: string): string {
    const [, scheme = '', host = '', rest = ''] = /^([a-z][\w+.-]*:\/\/)?([^/?#]*)(.*)$/is.exec(value) ?? []
    // RFC 5737: documentation.
    if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return `${scheme}192.0.2.${numberFor(this.#key, host, 256)}`
    const { domain } = this.#party(host.replace(/^.*@/, '').toLowerCase())
    return `${scheme}${domain}${disguise(this.#key, rest)}`
  }

  #article(value: string): string {
    const { lines } = this.#ledger.entry(numberFor(this.#key, `article ${value}`, articles))
    return (lines[numberFor(this.#key, `line ${value}`, lines.length)] as { readonly name: string }).name
  }

  /** As many sentences as it takes to be about as long. */
  #sentences(value: string): string {
    const parts: string[] = []
    for (let length = 0, place = 0; parts.length === 0 || (length < value.length - 20 && place < 50); place++) {
      const sentence = sentences[numberFor(this.#key, `${place} ${value}`, sentences.length)] as string
      parts.push(sentence)
      length += sentence.length + 1
    }
    return parts.join(' ')
  }
}

const two = (number: number): string => String(number).padStart(2, '0')

/** A number that is all letters and signs tells as much as a name: it is scrambled. */
const permuted = (key: Buffer, value: string): string =>
  /^[\0-\u007F]*$/.test(value) ? permute(key, value) : disguise(key, value)

/** An IBAN has two check digits after its country; 00 and 01 never are (ISO 13616). */
const withoutCheck = (value: string, rest: string): string =>
  /^[A-Z]{2}\d\d ?[A-Z\d]{4}/.test(value) ? `00${rest.slice(2)}` : rest
