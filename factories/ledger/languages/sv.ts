import type { Language } from '../language.ts'
import { words } from '../words/sv.ts'

/** Swedish. */
export const sv: Language = {
  code: 'sv',
  words,
  heads: ['Nord', 'Syd', 'Öst', 'Väst', 'Björk', 'Ek', 'Gran', 'Silver', 'Sten', 'Sjö', 'Lind', 'Ros', 'Hög', 'Älv'],
  tails: ['dal', 'berg', 'strand', 'holm', 'fors', 'lund', 'vik', 'mark', 'näs', 'hamra', 'torp', 'sätra'],
  and: ' & ',
  trades: {
    logistics: ['Frakt', 'Åkeri'],
    construction: ['Bygg', 'Entreprenad'],
    food: ['Livsmedel', 'Bageri'],
    machinery: ['Mekaniska', 'Verkstad'],
    health: ['Medicinteknik', 'Labb'],
    energy: ['Kraft', 'Solenergi'],
    media: ['Förlag', 'Tidskrifter'],
    hospitality: ['Restauranger', 'Hotell'],
    agriculture: ['Lantbruk', 'Utsäde'],
    packaging: ['Förpackningar', 'Tryckeri'],
    property: ['Fastigheter', 'Fastighetsservice'],
    automotive: ['Bildelar', 'Fordon'],
  },
  mailboxes: ['faktura', 'ekonomi', 'leverantorsreskontra', 'redovisning'],
  floor: 'Plan @',
  street: (source) => source.location.street(),
}
