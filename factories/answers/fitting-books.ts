// Reads from a model which books fit it: currencies, tax rates and countries that its schemas allow, and where its seller lives.

import { exponentOf, formatMajor, isObject, resolve, unitOf, wordsOf } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { countries, usualCurrencies } from '../ledger/countries.ts'
import type { Country } from '../ledger/countries.ts'
import { hasRate } from '../ledger/currencies.ts'
import { usualSeller } from '../ledger/customer.ts'
import type { LedgerOptions } from '../ledger/ledger.ts'
import { boundIn, leafAt } from './schema.ts'

/** What a document asks of the books that stand behind it. */
export type FittingBooks = Pick<LedgerOptions, 'seller' | 'currencies' | 'countries' | 'rates'>

const known = new WeakMap<Model['document'], FittingBooks>()

/**
 * Returns the books that fit a model, so that what its schemas allow need not be put in place of what the books say: a closed list of
 * currencies, tax rates or countries, and a seller of the country whose rates, currency, language or name the document has. Empty where
 * any books fit. Options that are stated win: `ledgerOf({ ...fittingBooks(model), ...stated })`.
 *
 * @example fittingBooks(model) // { seller: 'ES', currencies: ['EUR'] }
 */
export function fittingBooks(model: Model): FittingBooks {
  const books = known.get(model.document) ?? readBooks(model)
  known.set(model.document, books)
  return books
}

function readBooks(model: Model): FittingBooks {
  if (model.bound.size === 0) return {}
  const allowed = currenciesOf(model)
  const rates = ratesOf(model)
  const seller = sellerFor(model, allowed, rates)
  const home = countries.find(({ code }) => code === (seller ?? usualSeller)) as Country
  const currencies = hasCurrency(model) ? allowed : [home.currency]
  const lived = countriesOf(model)
  return {
    ...(seller !== undefined && { seller }),
    ...(currencies && { currencies }),
    ...(lived && { countries: lived }),
    ...(rates && !charges(home, rates) && { rates }),
  }
}

const hasCurrency = ({ bound }: Model): boolean => bound.has('invoice.currency')

/** Returns the words that every place with a role allows; `undefined` where none of them has a closed list, or lists share no word. */
function wordsAt(model: Model, role: string): readonly string[] | undefined {
  const places = boundIn(model).places.get(role) ?? []
  const lists = places.flatMap(({ pointer, binding }) => {
    const { words, constant } = leafAt(model.document, pointer)
    return binding?.values === undefined && (constant ?? words) ? [constant ? [constant.value] : (words ?? [])] : []
  })
  const [first, ...others] = lists.map((list) => list.filter((word) => word !== null).map(String))
  const common = first?.filter((word) => others.every((list) => list.includes(word)))
  return common && common.length > 0 ? common : undefined
}

/** Returns the currencies that invoices may be in, where those are not all that customers usually use. */
function currenciesOf(model: Model): readonly string[] | undefined {
  const listed = wordsAt(model, 'invoice.currency')?.map((word) => word.toUpperCase())
  const among = listed?.filter(hasRate) ?? usualCurrencies
  const writable = among.filter((currency) => writes(model, currency))
  if (writable.length === 0) return undefined
  const isUsual = usualCurrencies.every((currency) => writable.includes(currency))
  return isUsual ? undefined : writable
}

/** Returns where customers may live, where that is not everywhere. */
function countriesOf(model: Model): readonly string[] | undefined {
  const listed = wordsAt(model, 'address.country')?.map((word) => word.toUpperCase())
  const within = countries.map(({ code }) => code).filter((code) => listed?.includes(code))
  return within.length > 0 && within.length < countries.length ? within : undefined
}

/** Tells whether texts of amounts may have the decimals of a currency: patterns ask for two. */
function writes(model: Model, currency: string): boolean {
  const sample = formatMajor(123_456, exponentOf(currency))
  return ['invoice.total', 'invoice.subtotal', 'line.net'].every((role) =>
    (boundIn(model).places.get(role) ?? []).every(({ pointer, binding }) => {
      const { value: schema } = resolve(model.document, pointer)
      if (!isObject(schema) || typeof schema.pattern !== 'string') return true
      return (binding && unitOf(binding, model.representation) === 'minor') || fits(schema.pattern, sample)
    }),
  )
}

function fits(pattern: string, sample: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(sample)
  } catch {
    return true
  }
}

/** Returns the rates that taxes may have, in thousandths of a percent. */
function ratesOf(model: Model): readonly number[] | undefined {
  const lists = ['line.taxRate', 'tax.rate'].flatMap((role) => {
    const isFraction = boundIn(model).places.get(role)?.[0]?.binding?.as === 'fraction'
    const listed = wordsAt(model, role)?.map((word) => Math.round(Number(word) * (isFraction ? 100_000 : 1000)))
    return listed && listed.every((rate) => Number.isFinite(rate) && rate >= 0) ? [listed] : []
  })
  const [first, ...others] = lists
  const common = first?.filter((rate) => others.every((list) => list.includes(rate)))
  return common && common.length > 0 ? common : undefined
}

/** Tells whether a country charges rates of a list, and no others. */
const charges = ({ taxes, towns }: Country, rates: readonly number[]): boolean =>
  towns.every(({ salesTax }) => salesTax === undefined) &&
  rates.includes(0) &&
  [taxes.standard, taxes.books, taxes.food].every(({ rate }) => rates.includes(rate))

/** Words of invoices that one country uses, or one language of whose countries the first is the largest. */
const tongues: Readonly<Record<string, RegExp>> = {
  DE: /rechnung|betrag|steuer|kunde|kunden|brutto|faellig|fallig|menge|einzelpreis|mwst|positionen/,
  FR: /facture|montant|echeance|tva|siret|siren|quantite|libelle|ttc|taux|devise/,
  ES: /factura(?!t)|fecha|importe|vencimiento|cantidad|moneda|^nif|imponible$|impuesto/,
  IT: /fattura|scadenza|imponibile|importo|aliquota|partita.?iva|codice.?fiscale|valuta/,
  NL: /factuur|bedrag|verval|btw|aantal|klant|omschrijving/,
  SE: /faktura|moms|belopp|antal|kundnummer|forfallo/,
  AU: /(?:^|_)abn(?:_|$)|australian.?business/,
}

/** Names of properties in a language that make a document one of it. */
const enough = 4

const plain = (name: string): string => wordsOf(name).join('_').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Returns where the seller lives, if the document says something of it. */
function sellerFor(
  model: Model,
  currencies: readonly string[] | undefined,
  rates: readonly number[] | undefined,
): string | undefined {
  const names = [...boundIn(model).names].map(plain)
  const told = toldBy(model)
  const scored = countries
    .filter(({ currency }) => !currencies || !hasCurrency(model) || currencies.includes(currency))
    .map((country) => {
      const tongue = tongues[country.code]
      const spoken = tongue ? names.filter((name) => tongue.test(name)).length : 0
      const score =
        (rates && charges(country, rates) ? 4 : 0) +
        (spoken >= enough ? 3 : 0) +
        (told.text.includes(country.name) ? 3 : 0) +
        (told.hosts.some((host) => host.endsWith(`.${country.code.toLowerCase()}`)) ? 2 : 0)
      return { country, score, spoken }
    })
    .toSorted((left, right) => right.score - left.score || right.spoken - left.spoken || weigh(right) - weigh(left))
  const [best] = scored
  if (!best) return undefined
  if (best.score > 0) return best.country.code === usualSeller ? undefined : best.country.code
  // Nothing is said: the country with most customers, among those that use one of the currencies.
  return best.country.code === usualSeller || scored.some(({ country }) => country.code === usualSeller)
    ? undefined
    : best.country.code
}

const weigh = ({ country }: { readonly country: Country }): number => country.weight

/** What a document says of itself outside of its schemas. */
function toldBy({ document }: Model): { readonly text: string; readonly hosts: readonly string[] } {
  const { title = '', description = '' } = isObject(document.info) ? document.info : {}
  const servers = Array.isArray(document.servers) ? document.servers : []
  const hosts = servers.flatMap((server) => {
    const host = isObject(server) ? /^https?:\/\/([^/:]+)/.exec(String(server.url))?.[1] : undefined
    return host === undefined ? [] : [host.toLowerCase()]
  })
  return { text: `${String(title)} ${String(description)}`, hosts }
}
