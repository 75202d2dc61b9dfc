import { digitsOf, fill } from '../pattern.ts'
import { vat } from '../place.ts'
import type { Country, Town } from '../place.ts'

const town = (name: string, region: string, code: string, latitude: number, longitude: number): Town =>
  // Japan keeps no numbers free for fiction: an American one, Hawaii's.
  ({ name, region, postalCode: code, latitude, longitude, phone: '+1 808 555 01##' })

/** Japan. Corporate numbers carry a wrong check digit. Addresses are romanised, as on invoices from abroad. */
export const jp: Country = {
  code: 'JP',
  name: 'Japan',
  currency: 'JPY',
  locale: 'ja-JP',
  language: 'ja',
  timezones: ['Asia/Tokyo'],
  weight: 35,
  isSepa: false,
  isEu: false,
  taxes: vat('Consumption tax', 10_000, 10_000),
  legalForms: [
    { weight: 9, value: '株式会社' },
    { weight: 1, value: '合同会社' },
  ],
  line: '{number} {street}',
  numbers: ['@-@-@', '@-@#-@', '@-@#'],
  iban: '9999-### #######', // no bank has the code 9999
  towns: [
    town('Chiyoda-ku', 'Tokyo', '100-00##', 35.694, 139.7536),
    town('Minato-ku', 'Tokyo', '105-00##', 35.6581, 139.7516),
    town('Osaka', 'Osaka', '530-00##', 34.6937, 135.5023),
    town('Nagoya', 'Aichi', '450-00##', 35.1815, 136.9066),
    town('Yokohama', 'Kanagawa', '220-00##', 35.4437, 139.638),
    town('Fukuoka', 'Fukuoka', '810-00##', 33.5904, 130.4017),
    town('Sapporo', 'Hokkaido', '060-00##', 43.0618, 141.3545),
    town('Sendai', 'Miyagi', '980-00##', 38.2682, 140.8694),
  ],
  register(random) {
    const body = fill('##0001######', random)
    const sum = digitsOf(body)
      .reverse()
      .reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 2), 0)
    const number = `${((9 - (sum % 9)) % 9) + 1}${body}` // 9 − sum mod 9 would be right
    return { taxId: `T${number}`, registrationId: number }
  },
}
