import { luhn, wrong } from '../check-digit.ts'
import { fill } from '../pattern.ts'
import type { Country, Town } from '../place.ts'

const town = (
  name: string,
  region: string,
  code: string,
  at: readonly [number, number],
  area: string,
  timezone: string,
  salesTax: number,
): Town => ({
  name,
  region,
  postalCode: code,
  latitude: at[0],
  longitude: at[1],
  phone: `+1 ${area} 555 01##`,
  timezone,
  salesTax,
})

const toronto = 'America/Toronto'

/** Canada. Tax is GST with the province's share, or HST. Business numbers carry a wrong check digit. */
export const ca: Country = {
  code: 'CA',
  name: 'Canada',
  currency: 'CAD',
  locale: 'en-CA',
  language: 'en',
  timezones: [toronto, 'America/Vancouver', 'America/Edmonton', 'America/Halifax', 'America/Winnipeg'],
  weight: 70,
  isSepa: false,
  isEu: false,
  taxes: {
    standard: { category: 'S', rate: 13_000, name: 'GST/HST' },
    // Provinces refund their share on printed books.
    reduced: { category: 'S', rate: 5_000, name: 'GST/HST' },
  },
  legalForms: [
    { weight: 5, value: 'Ltd.' },
    { weight: 5, value: 'Inc.' },
  ],
  line: '{number} {street}',
  numbers: ['@##', '@###'],
  iban: '0999-##### #######', // no institution has the number 999
  towns: [
    town('Toronto', 'ON', 'M5V #?#', [43.6532, -79.3832], '416', toronto, 13_000),
    town('Ottawa', 'ON', 'K1P #?#', [45.4215, -75.6972], '613', toronto, 13_000),
    town('Montréal', 'QC', 'H3B #?#', [45.5019, -73.5674], '514', toronto, 14_975),
    town('Vancouver', 'BC', 'V6B #?#', [49.2827, -123.1207], '604', 'America/Vancouver', 12_000),
    town('Calgary', 'AB', 'T2P #?#', [51.0447, -114.0719], '403', 'America/Edmonton', 5_000),
    town('Edmonton', 'AB', 'T5J #?#', [53.5461, -113.4938], '780', 'America/Edmonton', 5_000),
    town('Halifax', 'NS', 'B3J #?#', [44.6488, -63.5752], '902', 'America/Halifax', 14_000),
    town('Winnipeg', 'MB', 'R3C #?#', [49.8951, -97.1384], '204', 'America/Winnipeg', 12_000),
  ],
  register(random) {
    const body = fill('@#######', random)
    const number = `${body}${wrong(luhn(body))}`
    return { taxId: `${number}RT0001`, registrationId: `${number}RC0001` }
  },
}
