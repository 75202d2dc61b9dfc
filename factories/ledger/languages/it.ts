import type { Language } from '../language.ts'
import { words } from '../words/it.ts'

const kinds = ['Via', 'Via', 'Via', 'Viale', 'Piazza', 'Corso']

/** Italian. */
export const it: Language = {
  code: 'it',
  words,
  heads: ['Monte', 'Val', 'Rocca', 'Fonte', 'Pietra', 'Bosco', 'Lago', 'Torre', 'Ponte', 'Selva'],
  tails: ['chiara', 'alta', 'verde', 'bruna', 'fiore', 'sole', 'stella', 'forte', 'mara', 'sera'],
  and: ' e ',
  trades: {
    logistics: ['Trasporti', 'Spedizioni'],
    construction: ['Costruzioni', 'Edilizia'],
    food: ['Alimentari', 'Panificio'],
    machinery: ['Meccanica', 'Macchine'],
    health: ['Forniture Mediche', 'Diagnostica'],
    energy: ['Energia', 'Impianti Solari'],
    media: ['Editrice', 'Comunicazione'],
    hospitality: ['Alberghi', 'Ristorazione'],
    agriculture: ['Sementi', 'Prodotti Agricoli'],
    packaging: ['Imballaggi', 'Tipografia'],
    property: ['Immobiliare', 'Manutenzioni'],
    automotive: ['Autoricambi', 'Veicoli'],
  },
  mailboxes: ['amministrazione', 'fatture', 'contabilita', 'fornitori'],
  floor: 'Piano @',
  street: (source) => `${source.helpers.arrayElement(kinds)} ${source.person.firstName()} ${source.person.lastName()}`,
}
