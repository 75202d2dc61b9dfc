import { weigh, wrong } from '../check-digit.ts'
import { fill } from '../pattern.ts'
import { vat } from '../place.ts'
import type { Country, Town } from '../place.ts'

const town = (name: string, region: string, code: string, latitude: number, longitude: number): Town =>
  // Switzerland keeps no numbers free for fiction: a German one, Munich's.
  ({ name, region, postalCode: code, latitude, longitude, phone: '+49 89 99998 ###' })

/** Switzerland, its German-speaking part. Company numbers carry a wrong check digit. */
export const ch: Country = {
  code: 'CH',
  name: 'Switzerland',
  currency: 'CHF',
  locale: 'de-CH',
  language: 'de',
  timezones: ['Europe/Zurich'],
  weight: 25,
  isSepa: true,
  isEu: false,
  taxes: vat('MWST', 8_100, 2_600),
  legalForms: [
    { weight: 6, value: 'AG' },
    { weight: 4, value: 'GmbH' },
  ],
  line: '{street} {number}',
  numbers: ['@', '@#', '@##'],
  iban: 'CH00#################',
  towns: [
    town('Zürich', 'ZH', '800@', 47.3769, 8.5417),
    town('Winterthur', 'ZH', '840@', 47.4988, 8.7237),
    town('Basel', 'BS', '405@', 47.5596, 7.5886),
    town('Bern', 'BE', '301@', 46.948, 7.4474),
    town('Luzern', 'LU', '600@', 47.0502, 8.3093),
    town('St. Gallen', 'SG', '9000', 47.4245, 9.3767),
    town('Zug', 'ZG', '6300', 47.1662, 8.5155),
    town('Aarau', 'AG', '5000', 47.3925, 8.0442),
  ],
  register(random) {
    const body = fill('@#######', random)
    const check = wrong(((11 - (weigh(body, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11) % 10)
    const uid = `CHE-${body.slice(0, 3)}.${body.slice(3, 6)}.${body.slice(6)}${check}`
    return { taxId: `${uid} MWST`, registrationId: uid }
  },
}
