import { mod1110, wrong } from '../check-digit.ts'
import { fill } from '../pattern.ts'
import { vat } from '../place.ts'
import type { Country, Town } from '../place.ts'

const town = (name: string, region: string, code: string, at: readonly [number, number], phone: string): Town => ({
  name,
  region,
  postalCode: code,
  latitude: at[0],
  longitude: at[1],
  phone: `+49 ${phone}###`,
})

/** Germany. Telephone numbers are the Bundesnetzagentur's for drama, in five towns; others use the nearest. VAT numbers carry a wrong check digit. */
export const de: Country = {
  code: 'DE',
  name: 'Germany',
  currency: 'EUR',
  locale: 'de-DE',
  language: 'de',
  timezones: ['Europe/Berlin'],
  weight: 120,
  isSepa: true,
  isEu: true,
  taxes: vat('MwSt.', 19_000, 7_000),
  legalForms: [
    { weight: 7, value: 'GmbH' },
    { weight: 2, value: 'GmbH & Co. KG' },
    { weight: 1, value: 'AG' },
  ],
  line: '{street} {number}',
  numbers: ['@', '@#', '@#', '@##', '@#a'],
  iban: 'DE00##################',
  towns: [
    town('Berlin', 'Berlin', '101##', [52.52, 13.405], '30 23125 '),
    town('Hamburg', 'Hamburg', '203##', [53.5511, 9.9937], '40 66969 '),
    town('München', 'Bayern', '803##', [48.1351, 11.582], '89 99998 '),
    town('Köln', 'Nordrhein-Westfalen', '506##', [50.9375, 6.9603], '221 4710 '),
    town('Frankfurt am Main', 'Hessen', '603##', [50.1109, 8.6821], '69 90009 '),
    town('Stuttgart', 'Baden-Württemberg', '701##', [48.7758, 9.1829], '89 99998 '),
    town('Düsseldorf', 'Nordrhein-Westfalen', '402##', [51.2277, 6.7735], '221 4710 '),
    town('Leipzig', 'Sachsen', '041##', [51.3397, 12.3731], '30 23125 '),
    town('Bremen', 'Bremen', '281##', [53.0793, 8.8017], '40 66969 '),
  ],
  register(random) {
    const body = fill('@#######', random)
    return { taxId: `DE${body}${wrong(mod1110(body))}`, registrationId: fill('HRB 0#####', random) } // registers write no leading nought
  },
}
