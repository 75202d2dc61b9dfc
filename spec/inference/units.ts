// Finds the words of a closed list that stand for units of quantities.

import { plainLetters } from './dictionary.ts'

/** Words of APIs for units, by code of UN/ECE Recommendation 20; a unit that an API lacks is counted by the piece. */
const units: Readonly<Record<string, RegExp>> = {
  C62: /^(?:pcs?|pieces?|units?|un|ea|each|items?|stk|stuck|stueck|st|unidad|unidade|unite|pezzo|pz|stuks?|one|c62)$/,
  HUR: /^(?:h|hrs?|hours?|std|stunden?|heures?|horas?|ora|ore|uur|tim|timme|timer|hur)$/,
  DAY: /^(?:d|days?|tage?|jours?|dias?|giorn[oi]|dag|dagen|day)$/,
  MON: /^(?:mon|months?|monate?|mois|mes|mesi|maand|manad|mth)$/,
  E48: /^(?:services?|servicos?|servicio|leistung|prestation|lump_?sum|flat|pauschal|forfait|e48)$/,
  KGM: /^(?:kgs?|kilograms?|kilo|kgm)$/,
  MTR: /^(?:m|met(?:er|re)s?|metros?|mtr)$/,
  MTK: /^(?:m2|sqm|mtk)$/,
  MTQ: /^(?:m3|mtq)$/,
  TNE: /^(?:t|tons?|tonnes?|tne)$/,
  SET: /^(?:sets?)$/,
}

/** Returns the API's own words for units by their code, where it has at least two of them. */
export function unitWords(words: readonly unknown[]): Readonly<Record<string, string>> | undefined {
  const found = Object.entries(units).flatMap(([code, pattern]) => {
    const own = words.find((word) => typeof word === 'string' && pattern.test(plainLetters(word)))
    return typeof own === 'string' ? [[code, own] as const] : []
  })
  const [first] = found
  if (!first || found.length < 2) return undefined
  const all = Object.keys(units).map((code) => [code, first[1]] as const)
  return Object.fromEntries([...all, ...found])
}
