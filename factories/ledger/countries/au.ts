import { weigh, wrong } from '../check-digit.ts'
import { fill } from '../pattern.ts'
import type { Country, Town } from '../place.ts'

const town = (
  name: string,
  region: string,
  code: string,
  at: readonly [number, number],
  area: number,
  timezone: string,
): Town =>
  // ACMA keeps 5550 xxxx free for fiction in each of the four areas.
  ({ name, region, postalCode: code, latitude: at[0], longitude: at[1], phone: `+61 ${area} 5550 ####`, timezone })

/** Australia. Business numbers fail modulus 89, company numbers carry a wrong check digit. */
export const au: Country = {
  code: 'AU',
  name: 'Australia',
  currency: 'AUD',
  locale: 'en-AU',
  language: 'en',
  timezones: ['Australia/Sydney', 'Australia/Melbourne', 'Australia/Brisbane', 'Australia/Adelaide', 'Australia/Perth'],
  weight: 50,
  isSepa: false,
  isEu: false,
  taxes: {
    standard: { category: 'S', rate: 10_000, name: 'GST' },
    reduced: { category: 'S', rate: 10_000, name: 'GST' },
  },
  legalForms: [
    { weight: 9, value: 'Pty Ltd' },
    { weight: 1, value: 'Ltd' },
  ],
  line: '{number} {street}',
  numbers: ['@', '@#', '@##'],
  iban: '999-### #########', // no bank has the BSB 999
  towns: [
    town('Sydney', 'NSW', '2000', [-33.8688, 151.2093], 2, 'Australia/Sydney'),
    town('Newcastle', 'NSW', '2300', [-32.9283, 151.7817], 2, 'Australia/Sydney'),
    town('Canberra', 'ACT', '2601', [-35.2809, 149.13], 2, 'Australia/Sydney'),
    town('Melbourne', 'VIC', '3000', [-37.8136, 144.9631], 3, 'Australia/Melbourne'),
    town('Hobart', 'TAS', '7000', [-42.8821, 147.3272], 3, 'Australia/Melbourne'),
    town('Brisbane', 'QLD', '4000', [-27.4698, 153.0251], 7, 'Australia/Brisbane'),
    town('Adelaide', 'SA', '5000', [-34.9285, 138.6007], 8, 'Australia/Adelaide'),
    town('Perth', 'WA', '6000', [-31.9505, 115.8605], 8, 'Australia/Perth'),
  ],
  register(random) {
    const body = fill('########', random)
    const acn = `${body}${wrong((10 - (weigh(body, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10)}`
    const [first, second] = [41, 42].map((lead) => `${lead}${acn}`) as [string, string]
    const abn = isAbn(first) ? second : first
    return {
      taxId: abn.replace(/(\d\d)(\d{3})(\d{3})(\d{3})/, '$1 $2 $3 $4'),
      registrationId: acn.replace(/(\d{3})(\d{3})(\d{3})/, '$1 $2 $3'),
    }
  },
}

const isAbn = (number: string): boolean => (weigh(number, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0
