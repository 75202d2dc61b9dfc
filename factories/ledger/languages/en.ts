import { faker } from '@faker-js/faker/locale/en'
import type { Language } from '../language.ts'

const kinds = ['Street', 'Road', 'Avenue', 'Lane', 'Drive', 'Way', 'Place', 'Court']

/** English: the United States, Canada, Britain, Ireland, Australia. */
export const en: Language = {
  code: 'en',
  faker,
  heads: [
    'Bright', 'Silver', 'North', 'South', 'East', 'West', 'Stone', 'Clear', 'Green', 'Red', 'Oak', 'Ash', 'Elm', 'Fox', 'Hawk', 'Iron', 'Copper', 'King', 'Mill',
    'Summer', 'Winter', 'High', 'Long', 'Cedar', 'Maple', 'Raven', 'Swan', 'Wolf', 'Amber', 'Harbor', 'Thorn', 'Alder', 'Birch', 'Cold', 'Deep', 'Falcon', 'Glen', 'Hazel',
  ],
  tails: [
    'water', 'gate', 'brook', 'field', 'ridge', 'wood', 'bridge', 'haven', 'view', 'ford', 'crest', 'point', 'vale', 'hill', 'well', 'mont', 'marsh', 'cliff', 'mere', 'shore',
    'lake', 'moor', 'peak', 'dale', 'port', 'hollow',
  ],
  and: ' & ',
  trades: {
    logistics: ['Logistics', 'Freight'], construction: ['Construction', 'Builders'], food: ['Foods', 'Bakeries'], machinery: ['Engineering', 'Machine Tools'],
    health: ['Medical Supplies', 'Diagnostics'], energy: ['Energy', 'Solar'], media: ['Media', 'Publishing'], hospitality: ['Hotels', 'Catering'],
    agriculture: ['Farms', 'Seeds'], packaging: ['Packaging', 'Printing'], property: ['Properties', 'Facilities'], automotive: ['Motors', 'Auto Parts'],
  },
  mailboxes: ['ap', 'accounts.payable', 'invoices', 'accounting'],
  floor: 'Suite @##',
  street: (source) => `${source.person.lastName()} ${source.helpers.arrayElement(kinds)}`,
}
