import { fill } from '../pattern.ts'
import type { Country, TaxRate, Town } from '../place.ts'

const town = (name: string, region: string, code: string, latitude: number, longitude: number): Town =>
  // Kuwait keeps no numbers free for fiction: a British one, London's.
  ({ name, region, postalCode: code, latitude, longitude, phone: '+44 20 7946 0###' })

const none: TaxRate = { category: 'O', rate: 0, name: 'VAT', reason: 'Kuwait levies no value-added tax' }

/** Kuwait, for a currency with three decimals. It has no VAT numbers: the licence number stands in, with a leading nought that licences do not have. */
export const kw: Country = {
  code: 'KW',
  name: 'Kuwait',
  currency: 'KWD',
  locale: 'ar-KW',
  language: 'ar',
  timezones: ['Asia/Kuwait'],
  weight: 10,
  isSepa: false,
  isEu: false,
  taxes: { standard: none, reduced: none },
  legalForms: [
    { weight: 9, value: 'W.L.L.' },
    { weight: 1, value: 'K.S.C.C.' },
  ],
  line: '{street}, Building {number}',
  numbers: ['@', '@#', '@##'],
  iban: 'KW00TEST######################',
  towns: [
    town('Kuwait City', 'Al Asimah', '1300#', 29.3759, 47.9774),
    town('Shuwaikh', 'Al Asimah', '7065#', 29.3517, 47.9269),
    town('Salmiya', 'Hawalli', '2200#', 29.3339, 48.0761),
    town('Hawalli', 'Hawalli', '3200#', 29.3328, 48.0286),
    town('Farwaniya', 'Al Farwaniyah', '8100#', 29.2775, 47.9586),
    town('Fahaheel', 'Al Ahmadi', '6400#', 29.0825, 48.1302),
    town('Ahmadi', 'Al Ahmadi', '6100#', 29.0769, 48.0839),
    town('Jahra', 'Al Jahra', '0100#', 29.3375, 47.6581),
  ],
  register(random) {
    const licence = fill('0#####', random)
    return { taxId: licence, registrationId: `${licence}/${random.int(1995, 2019)}` }
  },
}
