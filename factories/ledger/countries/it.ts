import { luhn, wrong } from '../check-digit.ts'
import { fill } from '../pattern.ts'
import { vat } from '../place.ts'
import type { Country, Town } from '../place.ts'

const town = (name: string, region: string, code: string, latitude: number, longitude: number): Town =>
  // Italy keeps no numbers free for fiction: a French one, of the south-east.
  ({ name, region, postalCode: code, latitude, longitude, phone: '+33 4 65 71 ## ##' })

/** Italy. VAT numbers carry a wrong check digit. */
export const it: Country = {
  code: 'IT',
  name: 'Italy',
  currency: 'EUR',
  locale: 'it-IT',
  language: 'it',
  timezones: ['Europe/Rome'],
  weight: 35,
  isSepa: true,
  isEu: true,
  taxes: vat('IVA', 22_000, 4_000),
  legalForms: [
    { weight: 8, value: 'S.r.l.' },
    { weight: 2, value: 'S.p.A.' },
  ],
  line: '{street} {number}',
  numbers: ['@', '@#', '@##'],
  iban: 'IT00X######################',
  towns: [
    town('Milano', 'MI', '201##', 45.4642, 9.19),
    town('Roma', 'RM', '001##', 41.9028, 12.4964),
    town('Torino', 'TO', '101##', 45.0703, 7.6869),
    town('Bologna', 'BO', '401##', 44.4949, 11.3426),
    town('Firenze', 'FI', '501##', 43.7696, 11.2558),
    town('Napoli', 'NA', '801##', 40.8518, 14.2681),
    town('Verona', 'VR', '371##', 45.4384, 10.9916),
    town('Genova', 'GE', '161##', 44.4056, 8.9463),
  ],
  register(random, { region }) {
    const body = fill('0@#####015', random)
    return { taxId: `IT${body}${wrong(luhn(body))}`, registrationId: fill(`REA ${region}-0######`, random) }
  },
}
