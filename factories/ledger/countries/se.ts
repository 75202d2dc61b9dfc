import { luhn, wrong } from '../check-digit.ts'
import { fill } from '../pattern.ts'
import { vat } from '../place.ts'
import type { Country, Town } from '../place.ts'

const town = (name: string, region: string, code: string, at: readonly [number, number], phone: string): Town => ({
  name,
  region,
  postalCode: code,
  latitude: at[0],
  longitude: at[1],
  phone: `+46 ${phone}##`,
})

/** Sweden. Telephone numbers are those PTS keeps free for books and films, in four towns; others use the nearest. Company numbers carry a wrong check digit. */
export const se: Country = {
  code: 'SE',
  name: 'Sweden',
  currency: 'SEK',
  locale: 'sv-SE',
  language: 'sv',
  timezones: ['Europe/Stockholm'],
  weight: 25,
  isSepa: false,
  isEu: true,
  taxes: vat('Moms', 25_000, 6_000),
  legalForms: [{ weight: 1, value: 'AB' }],
  line: '{street} {number}',
  numbers: ['@', '@#', '@#'],
  iban: 'SE00####################',
  towns: [
    town('Stockholm', 'Stockholms län', '111 ##', [59.3293, 18.0686], '8 465 004 '),
    town('Uppsala', 'Uppsala län', '753 ##', [59.8586, 17.6389], '8 465 004 '),
    town('Västerås', 'Västmanlands län', '722 ##', [59.6099, 16.5448], '8 465 004 '),
    town('Göteborg', 'Västra Götalands län', '411 ##', [57.7089, 11.9746], '31 390 06 '),
    town('Borås', 'Västra Götalands län', '503 ##', [57.721, 12.9401], '31 390 06 '),
    town('Malmö', 'Skåne län', '211 ##', [55.605, 13.0038], '40 628 04 '),
    town('Lund', 'Skåne län', '222 ##', [55.7047, 13.191], '40 628 04 '),
    town('Kiruna', 'Norrbottens län', '981 ##', [67.8558, 20.2253], '980 319 2'),
  ],
  register(random) {
    const body = fill('556@#####', random)
    const number = `${body}${wrong(luhn(body))}`
    return { taxId: `SE${number}01`, registrationId: `${number.slice(0, 6)}-${number.slice(6)}` }
  },
}
