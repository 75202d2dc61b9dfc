import type { Language } from '../language.ts'
import { words } from '../words/fr.ts'

/** French. */
export const fr: Language = {
  code: 'fr',
  words,
  heads: ['Val', 'Mont', 'Clair', 'Beau', 'Haut', 'Roc', 'Font', 'Chante', 'Vert', 'Blanc'],
  tails: ['rive', 'fort', 'pré', 'lac', 'merle', 'champ', 'bois', 'ville', 'pierre', 'lune', 'roche', 'mare'],
  and: ' & ',
  trades: {
    logistics: ['Logistique', 'Transports'],
    construction: ['Bâtiment', 'Travaux'],
    food: ['Alimentation', 'Boulangerie'],
    machinery: ['Mécanique', 'Usinage'],
    health: ['Santé', 'Laboratoires'],
    energy: ['Énergie', 'Solaire'],
    media: ['Éditions', 'Médias'],
    hospitality: ['Hôtellerie', 'Traiteur'],
    agriculture: ['Semences', 'Cultures'],
    packaging: ['Emballages', 'Imprimerie'],
    property: ['Immobilier', 'Bureaux'],
    automotive: ['Automobiles', 'Carrosserie'],
  },
  mailboxes: ['comptabilite', 'factures', 'compta.fournisseurs', 'facturation'],
  floor: 'Étage @',
  street: (source) => source.location.street(),
}
