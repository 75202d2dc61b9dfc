import { weigh } from '../check-digit.ts'
import { fill } from '../pattern.ts'
import type { Country, Town } from '../place.ts'

const town = (name: string, region: string, code: string, at: readonly [number, number], phone: string): Town => ({
  name,
  region,
  postalCode: code,
  latitude: at[0],
  longitude: at[1],
  phone: `+44 ${phone}###`,
})

/** The United Kingdom. Telephone numbers are Ofcom's for drama. VAT numbers fail both checks in use, modulus 97 and 9755. */
export const gb: Country = {
  code: 'GB',
  name: 'United Kingdom',
  currency: 'GBP',
  locale: 'en-GB',
  language: 'en',
  timezones: ['Europe/London'],
  weight: 110,
  isSepa: false,
  isEu: false,
  taxes: {
    standard: { category: 'S', rate: 20_000, name: 'VAT' },
    reduced: { category: 'Z', rate: 0, name: 'VAT', reason: 'Zero rated: printed books' },
  },
  legalForms: [
    { weight: 8, value: 'Ltd' },
    { weight: 1, value: 'plc' },
    { weight: 1, value: 'LLP' },
  ],
  line: '{number} {street}',
  numbers: ['@', '@#', '@##'],
  iban: 'GB00TEST##############',
  towns: [
    town('London', 'Greater London', 'EC2A #??', [51.5237, -0.0843], '20 7946 0'),
    town('Manchester', 'Greater Manchester', 'M1 #??', [53.4808, -2.2426], '161 496 0'),
    town('Birmingham', 'West Midlands', 'B3 #??', [52.4862, -1.8904], '121 496 0'),
    town('Leeds', 'West Yorkshire', 'LS1 #??', [53.8008, -1.5491], '113 496 0'),
    town('Bristol', 'Bristol', 'BS1 #??', [51.4545, -2.5879], '117 496 0'),
    town('Edinburgh', 'Scotland', 'EH2 #??', [55.9533, -3.1883], '131 496 0'),
    town('Glasgow', 'Scotland', 'G2 #??', [55.8642, -4.2518], '141 496 0'),
    town('Cardiff', 'Wales', 'CF10 #??', [51.4816, -3.1791], '29 2018 0'),
    town('Belfast', 'Northern Ireland', 'BT1 #??', [54.5973, -5.9301], '28 9649 6'),
  ],
  register(random) {
    const body = fill('@######', random)
    const sum = weigh(body, [8, 7, 6, 5, 4, 3, 2])
    const right = (97 - (sum % 97)) % 97
    const check = (right + 1) % 97 // 9755 would want right − 55, which is right + 42
    return { taxId: `GB${body}${String(check).padStart(2, '0')}`, registrationId: fill('99######', random) } // the register has not reached 20,000,000
  },
}
