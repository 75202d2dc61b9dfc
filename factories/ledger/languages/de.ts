import { faker } from '@faker-js/faker/locale/de'
import type { Language } from '../language.ts'

/** German: Germany, Austria, Switzerland. */
export const de: Language = {
  code: 'de',
  faker,
  heads: ['Nord', 'Süd', 'Ost', 'West', 'Berg', 'Wald', 'Stein', 'Eichen', 'Birken', 'Silber', 'Adler', 'Falken', 'Linden', 'Rosen', 'Hoch', 'Neu', 'Hasel', 'Erlen', 'Kron', 'Mühl'],
  tails: ['tal', 'bach', 'hof', 'feld', 'brück', 'hain', 'au', 'mark', 'fels', 'brunn', 'horst', 'wiese', 'heide', 'furt', 'moor', 'kamp'],
  and: ' & ',
  trades: {
    logistics: ['Logistik', 'Spedition'], construction: ['Bau', 'Hochbau'], food: ['Lebensmittel', 'Backwaren'], machinery: ['Maschinenbau', 'Anlagenbau'],
    health: ['Medizintechnik', 'Labortechnik'], energy: ['Energietechnik', 'Solartechnik'], media: ['Verlag', 'Medienhaus'], hospitality: ['Gastronomie', 'Hotelbetriebe'],
    agriculture: ['Agrarhandel', 'Saatgut'], packaging: ['Verpackungen', 'Druckerei'], property: ['Immobilien', 'Gebäudetechnik'], automotive: ['Fahrzeugtechnik', 'Autoteile'],
  },
  mailboxes: ['buchhaltung', 'rechnung', 'rechnungseingang', 'kreditoren'],
  floor: '@. OG',
  street: (source) => source.location.street().replace(/str\.$/, 'straße').replace(/Str\.$/, 'Straße'),
}
