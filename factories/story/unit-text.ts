import { quantityText } from './money-text.ts'

/** Singular and plural of units, by UN/ECE Recommendation 20 code. */
const units: Readonly<Record<string, readonly [string, string]>> = {
  ANN: ['year', 'years'],
  BX: ['box', 'boxes'],
  C62: ['unit', 'units'],
  CMT: ['centimetre', 'centimetres'],
  DAY: ['day', 'days'],
  E48: ['unit', 'units'],
  EA: ['piece', 'pieces'],
  GRM: ['gram', 'grams'],
  H87: ['piece', 'pieces'],
  HUR: ['hour', 'hours'],
  KGM: ['kilogram', 'kilograms'],
  KMT: ['kilometre', 'kilometres'],
  KWH: ['kilowatt hour', 'kilowatt hours'],
  LTR: ['litre', 'litres'],
  MIN: ['minute', 'minutes'],
  MON: ['month', 'months'],
  MTK: ['square metre', 'square metres'],
  MTQ: ['cubic metre', 'cubic metres'],
  MTR: ['metre', 'metres'],
  PK: ['pack', 'packs'],
  PR: ['pair', 'pairs'],
  SET: ['set', 'sets'],
  TNE: ['tonne', 'tonnes'],
  WEE: ['week', 'weeks'],
  XBX: ['box', 'boxes'],
  XPK: ['pack', 'packs'],
  XPX: ['pallet', 'pallets'],
}

/** Returns the name of one unit, by UN/ECE code: `hour`; `unit` where the code is not known. */
export const unitText = (code: string): string => units[code]?.[0] ?? 'unit'

/** Returns a quantity of thousandths with its unit: `1 hour`, `2.5 days`, `1.200 pieces`. */
export function measureText(quantity: number, code: string, locale: string): string {
  const [one, many] = units[code] ?? ['unit', 'units']
  return `${quantityText(quantity, locale)} ${quantity === 1000 ? one : many}`
}
