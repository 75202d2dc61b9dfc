import { wrong } from '../check-digit.ts'
import { digitsOf, fill } from '../pattern.ts'
import { vat } from '../place.ts'
import type { Country, Town } from '../place.ts'

const town = (name: string, region: string, code: string, latitude: number, longitude: number): Town =>
  // Austria keeps no numbers free for fiction: a German one, Munich's.
  ({ name, region, postalCode: code, latitude, longitude, phone: '+49 89 99998 ###' })

/** Austria. VAT numbers carry a wrong check digit. */
export const at: Country = {
  code: 'AT',
  name: 'Austria',
  currency: 'EUR',
  locale: 'de-AT',
  language: 'de',
  timezones: ['Europe/Vienna'],
  weight: 20,
  isSepa: true,
  isEu: true,
  taxes: vat('USt.', 20_000, 10_000),
  legalForms: [
    { weight: 8, value: 'GmbH' },
    { weight: 1, value: 'AG' },
    { weight: 1, value: 'KG' },
  ],
  line: '{street} {number}',
  numbers: ['@', '@#', '@##'],
  iban: 'AT00################',
  towns: [
    town('Wien', 'Wien', '10@0', 48.2082, 16.3738),
    town('Graz', 'Steiermark', '8010', 47.0707, 15.4395),
    town('Linz', 'Oberösterreich', '4020', 48.3069, 14.2858),
    town('Salzburg', 'Salzburg', '5020', 47.8095, 13.055),
    town('Innsbruck', 'Tirol', '6020', 47.2692, 11.4041),
    town('Klagenfurt', 'Kärnten', '9020', 46.6247, 14.305),
    town('Bregenz', 'Vorarlberg', '6900', 47.5031, 9.7471),
    town('St. Pölten', 'Niederösterreich', '3100', 48.2047, 15.6256),
  ],
  register(random) {
    const body = fill('@######', random)
    const sum = digitsOf(body).reduce(
      (total, digit, index) => total + (index % 2 === 0 ? digit : Math.floor(digit / 5) + ((digit * 2) % 10)),
      0,
    )
    return {
      taxId: `ATU${body}${wrong((96 - sum) % 10)}`,
      registrationId: fill('FN 0#####', random) + random.pick(['a', 'b', 'd', 'f', 'g', 'h']),
    }
  },
}
