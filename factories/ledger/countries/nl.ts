import { mod97, weigh } from '../check-digit.ts'
import { fill } from '../pattern.ts'
import { vat } from '../place.ts'
import type { Country, Town } from '../place.ts'

const town = (name: string, region: string, code: string, latitude: number, longitude: number): Town =>
  // The Netherlands keep no numbers free for fiction: a German one, Cologne's.
  ({ name, region, postalCode: code, latitude, longitude, phone: '+49 221 4710 ###' })

/** The Netherlands. VAT numbers fail both checks in use, the eleven-test and modulus 97. */
export const nl: Country = {
  code: 'NL',
  name: 'Netherlands',
  currency: 'EUR',
  locale: 'nl-NL',
  language: 'nl',
  timezones: ['Europe/Amsterdam'],
  weight: 40,
  isSepa: true,
  isEu: true,
  taxes: vat('BTW', 21_000, 9_000),
  legalForms: [
    { weight: 9, value: 'B.V.' },
    { weight: 1, value: 'N.V.' },
  ],
  line: '{street} {number}',
  numbers: ['@', '@#', '@##', '@#a'],
  iban: 'NL00TEST##########',
  towns: [
    town('Amsterdam', 'Noord-Holland', '101# ??', 52.3676, 4.9041),
    town('Rotterdam', 'Zuid-Holland', '301# ??', 51.9244, 4.4777),
    town('Den Haag', 'Zuid-Holland', '251# ??', 52.0705, 4.3007),
    town('Utrecht', 'Utrecht', '351# ??', 52.0907, 5.1214),
    town('Eindhoven', 'Noord-Brabant', '561# ??', 51.4416, 5.4697),
    town('Groningen', 'Groningen', '971# ??', 53.2194, 6.5665),
    town('Arnhem', 'Gelderland', '681# ??', 51.9851, 5.8987),
    town('Maastricht', 'Limburg', '621# ??', 50.8514, 5.691),
  ],
  register(random) {
    const body = fill('@#######', random)
    const number = `${body}${((weigh(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11) + 1) % 10}`
    const taxId = [`NL${number}B01`, `NL${number}B02`].find((candidate) => mod97(candidate) !== 1) as string
    return { taxId, registrationId: fill('00######', random) } // numbers of the chamber of commerce begin above 00
  },
}
