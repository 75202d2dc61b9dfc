import { weigh, wrong } from '../check-digit.ts'
import { fill } from '../pattern.ts'
import type { Country, Town } from '../place.ts'

const town = (name: string, region: string, code: string, latitude: number, longitude: number): Town =>
  // ComReg keeps 020 91x xxxx free for drama, whatever the town.
  ({ name, region, postalCode: code, latitude, longitude, phone: '+353 20 91# ####' })

/** Ireland. VAT numbers carry a wrong check letter. */
export const ie: Country = {
  code: 'IE',
  name: 'Ireland',
  currency: 'EUR',
  locale: 'en-IE',
  language: 'en',
  timezones: ['Europe/Dublin'],
  weight: 25,
  isSepa: true,
  isEu: true,
  taxes: {
    standard: { category: 'S', rate: 23_000, name: 'VAT' },
    reduced: { category: 'Z', rate: 0, name: 'VAT', reason: 'Zero rated: printed books' },
  },
  legalForms: [
    { weight: 8, value: 'Ltd' },
    { weight: 2, value: 'DAC' },
  ],
  line: '{number} {street}',
  numbers: ['@', '@#', '@##'],
  iban: 'IE00TEST##############',
  towns: [
    town('Dublin', 'Dublin', 'D02 ####', 53.3498, -6.2603),
    town('Cork', 'Cork', 'T12 ####', 51.8985, -8.4756),
    town('Galway', 'Galway', 'H91 ####', 53.2707, -9.0568),
    town('Limerick', 'Limerick', 'V94 ####', 52.6638, -8.6267),
    town('Waterford', 'Waterford', 'X91 ####', 52.2593, -7.1101),
    town('Drogheda', 'Louth', 'A92 ####', 53.7179, -6.3561),
    town('Kilkenny', 'Kilkenny', 'R95 ####', 52.6541, -7.2448),
    town('Sligo', 'Sligo', 'F91 ####', 54.2766, -8.4761),
  ],
  register(random) {
    const body = fill('@######', random)
    const letter = 'WABCDEFGHIJKLMNOPQRSTUV'.charAt(wrong(weigh(body, [8, 7, 6, 5, 4, 3, 2]) % 23, 23))
    return { taxId: `IE${body}${letter}`, registrationId: fill('9@####', random) } // the register has not reached 900,000
  },
}
