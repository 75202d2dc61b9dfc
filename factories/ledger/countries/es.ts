import { luhn, wrong } from '../check-digit.ts'
import { fill } from '../pattern.ts'
import { vat } from '../place.ts'
import type { Country, Town } from '../place.ts'

const town = (name: string, region: string, code: string, latitude: number, longitude: number): Town =>
  // Spain keeps no numbers free for fiction: a French one, of the south-west.
  ({ name, region, postalCode: code, latitude, longitude, phone: '+33 5 36 49 ## ##' })

/** Spain. Tax numbers carry a wrong control digit. */
export const es: Country = {
  code: 'ES',
  name: 'Spain',
  currency: 'EUR',
  locale: 'es-ES',
  language: 'es',
  timezones: ['Europe/Madrid'],
  weight: 35,
  isSepa: true,
  isEu: true,
  taxes: vat('IVA', 21_000, 4_000),
  legalForms: [
    { weight: 8, value: 'S.L.' },
    { weight: 2, value: 'S.A.' },
  ],
  line: '{street}, {number}',
  numbers: ['@', '@#', '@##'],
  iban: 'ES00####################',
  towns: [
    town('Madrid', 'Madrid', '2800@', 40.4168, -3.7038),
    town('Barcelona', 'Barcelona', '0800@', 41.3874, 2.1686),
    town('Valencia', 'Valencia', '4600@', 39.4699, -0.3763),
    town('Sevilla', 'Sevilla', '4100@', 37.3891, -5.9845),
    town('Zaragoza', 'Zaragoza', '5000@', 41.6488, -0.8891),
    town('Málaga', 'Málaga', '2900@', 36.7213, -4.4214),
    town('Bilbao', 'Bizkaia', '4800@', 43.263, -2.935),
    town('A Coruña', 'A Coruña', '1500@', 43.3623, -8.4115),
  ],
  register(random) {
    const body = fill('@######', random)
    return { taxId: `ESB${body}${wrong(luhn(body))}`, registrationId: fill('Hoja 0#####', random) }
  },
}
