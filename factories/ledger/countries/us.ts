import { fill } from '../pattern.ts'
import type { Country, Town } from '../place.ts'

/** Two-digit prefixes that the IRS assigns to no campus: an EIN that begins with one is nobody's. */
const unassigned = ['07', '17', '18', '19', '28', '29', '49', '69', '70', '78', '79', '89', '96', '97']

const eastern = 'America/New_York'
const central = 'America/Chicago'
const pacific = 'America/Los_Angeles'

const town = (
  name: string,
  region: string,
  zip: string,
  at: readonly [number, number],
  area: string,
  timezone: string,
  salesTax: number,
): Town =>
  // 555-0100 to 555-0199 are kept free for fiction in every area code (ATIS-0300115).
  ({
    name,
    region,
    postalCode: zip,
    latitude: at[0],
    longitude: at[1],
    phone: `+1 ${area} 555 01##`,
    timezone,
    salesTax,
  })

/** The United States. Sales tax is that of state, county and city together; Oregon and New Hampshire have none. */
export const us: Country = {
  code: 'US',
  name: 'United States',
  currency: 'USD',
  locale: 'en-US',
  language: 'en',
  timezones: [eastern, central, 'America/Denver', pacific],
  weight: 420,
  isSepa: false,
  isEu: false,
  taxes: {
    standard: { category: 'S', rate: 6_000, name: 'Sales tax' },
    // Printed books are taxed like other goods.
    reduced: { category: 'S', rate: 6_000, name: 'Sales tax' },
  },
  legalForms: [
    { weight: 5, value: 'Inc.' },
    { weight: 4, value: 'LLC' },
    { weight: 1, value: 'Corp.' },
  ],
  line: '{number} {street}',
  numbers: ['@##', '@###', '@###', '1####'],
  iban: 'ABA 99####### ##########', // routing numbers begin with 00–12, 21–32, 61–72 or 80
  towns: [
    town('New York', 'NY', '100##', [40.7128, -74.006], '212', eastern, 8_875),
    town('Chicago', 'IL', '606##', [41.8781, -87.6298], '312', central, 10_250),
    town('Los Angeles', 'CA', '900##', [34.0522, -118.2437], '213', pacific, 9_750),
    town('Seattle', 'WA', '981##', [47.6062, -122.3321], '206', pacific, 10_350),
    town('Austin', 'TX', '787##', [30.2672, -97.7431], '512', central, 8_250),
    town('Boston', 'MA', '021##', [42.3601, -71.0589], '617', eastern, 6_250),
    town('Denver', 'CO', '802##', [39.7392, -104.9903], '303', 'America/Denver', 8_810),
    town('Atlanta', 'GA', '303##', [33.749, -84.388], '404', eastern, 8_900),
    town('Columbus', 'OH', '432##', [39.9612, -82.9988], '614', eastern, 7_500),
    town('Portland', 'OR', '972##', [45.5152, -122.6784], '503', pacific, 0),
    town('Manchester', 'NH', '031##', [42.9956, -71.4548], '603', eastern, 0),
    town('Minneapolis', 'MN', '554##', [44.9778, -93.265], '612', central, 9_025),
  ],
  register: (random) => ({
    taxId: fill(`${random.pick(unassigned)}-#######`, random),
    registrationId: fill('0######', random),
  }),
}
