import { luhn, wrong } from '../check-digit.ts'
import { fill } from '../pattern.ts'
import { vat } from '../place.ts'
import type { Country, Town } from '../place.ts'

const town = (name: string, region: string, code: string, at: readonly [number, number], phone: string): Town => ({
  name,
  region,
  postalCode: code,
  latitude: at[0],
  longitude: at[1],
  phone: `+33 ${phone} ## ##`,
})

/** France. Telephone numbers are Arcep's for works of fiction, one range for each zone. A SIREN with a wrong check digit stands in both numbers. */
export const fr: Country = {
  code: 'FR',
  name: 'France',
  currency: 'EUR',
  locale: 'fr-FR',
  language: 'fr',
  timezones: ['Europe/Paris'],
  weight: 60,
  isSepa: true,
  isEu: true,
  taxes: vat('TVA', 20_000, 5_500),
  legalForms: [
    { weight: 5, value: 'SAS' },
    { weight: 4, value: 'SARL' },
    { weight: 1, value: 'SA' },
  ],
  line: '{number} {street}',
  numbers: ['@', '@#', '@##'],
  iban: 'FR00#######################',
  towns: [
    town('Paris', 'Île-de-France', '7501@', [48.8566, 2.3522], '1 99 00'),
    town('Versailles', 'Île-de-France', '78000', [48.8014, 2.1301], '1 99 00'),
    town('Nantes', 'Pays de la Loire', '44000', [47.2184, -1.5536], '2 61 91'),
    town('Rennes', 'Bretagne', '35000', [48.1173, -1.6778], '2 61 91'),
    town('Strasbourg', 'Grand Est', '67000', [48.5734, 7.7521], '3 53 01'),
    town('Lille', 'Hauts-de-France', '59000', [50.6292, 3.0573], '3 53 01'),
    town('Lyon', 'Auvergne-Rhône-Alpes', '6900@', [45.764, 4.8357], '4 65 71'),
    town('Marseille', 'Provence-Alpes-Côte d’Azur', '1300@', [43.2965, 5.3698], '4 65 71'),
    town('Toulouse', 'Occitanie', '31000', [43.6047, 1.4442], '5 36 49'),
    town('Bordeaux', 'Nouvelle-Aquitaine', '33000', [44.8378, -0.5792], '5 36 49'),
  ],
  register(random) {
    const body = fill('@#######', random)
    const siren = `${body}${wrong(luhn(body))}`
    const key = String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0')
    return { taxId: `FR${key}${siren}`, registrationId: siren.replaceAll(/(\d{3})(?=\d)/g, '$1 ') }
  },
}
