import { faker } from '@faker-js/faker/locale/nl'
import type { Language } from '../language.ts'

/** Dutch. */
export const nl: Language = {
  code: 'nl',
  faker,
  heads: ['Noord', 'Zuid', 'Oost', 'Duin', 'Hoog', 'Linde', 'Eiken', 'Zilver', 'Water', 'Berken', 'Zwaan', 'Reiger', 'Molen', 'Rijn', 'Veen'],
  tails: ['veld', 'dijk', 'meer', 'hoek', 'wijk', 'kamp', 'horst', 'zicht', 'hof', 'oord', 'laken', 'stede', 'burg', 'zande'],
  and: ' en ',
  trades: {
    logistics: ['Logistiek', 'Vervoer'], construction: ['Bouw', 'Aannemers'], food: ['Voeding', 'Bakkerijen'], machinery: ['Machinebouw', 'Metaalbewerking'],
    health: ['Zorgtechniek', 'Laboratorium'], energy: ['Energiebeheer', 'Zonnestroom'], media: ['Uitgeverij', 'Tijdschriften'], hospitality: ['Horeca', 'Hotelbeheer'],
    agriculture: ['Zaden', 'Landbouw'], packaging: ['Verpakkingen', 'Drukkerij'], property: ['Vastgoed', 'Gebouwbeheer'], automotive: ['Autobedrijven', 'Onderdelen'],
  },
  mailboxes: ['crediteuren', 'facturen', 'boekhouding', 'administratie'],
  floor: '@e verdieping',
  street: (source) => source.location.street().replace(/^[a-z]/, (letter) => letter.toUpperCase()),
}
