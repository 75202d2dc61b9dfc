// Agreements about who and where: keys, names, e-mail addresses, towns, telephone numbers, files.

import { countries } from '../ledger/countries.ts'
import type { Country, Town } from '../ledger/countries.ts'
import { languages } from '../ledger/languages.ts'
import type { Pools } from '../ledger/pools.ts'
import { fillPattern, mailName, slug } from '../ledger/text.ts'
import { mediaTypes } from '../meanings/web.ts'
import { hashText, Random } from '../random.ts'
import { isObject } from '../../spec/index.ts'
import { spoken } from './members.ts'
import type { Agreement, Members } from './members.ts'

const sharedParts = ['id', 'uuid', 'key', 'code', 'name', 'number', 'currency', 'email'] as const

/** `customer_details` and `supplierRef` are the customer and the supplier. */
const wrapping = /(?: detail| details| info| ref| reference| data| object| record| summary)?$/

interface Link {
  readonly name: string
  readonly beside: string
  readonly part: string
}

function linksOf(names: readonly string[]): Link[] {
  return names.flatMap((name) => {
    const [, owner, part] = /^(.+) (\w+)$/.exec(spoken(name)) ?? []
    if (owner === undefined || part === undefined || !sharedParts.some((one) => one === part)) return []
    const beside = names.find((other) => other !== name && spoken(other).replace(wrapping, '') === owner)
    return beside === undefined ? [] : [{ name, beside, part }]
  })
}

/** `customer_id` is the `id` of the `customer` beside it, `customer_name` its `name`; `customer_ids` are those of the `customers`. */
export const keysAgree: Agreement = (members) => {
  const { value } = members
  const changes: Record<string, unknown> = {}
  for (const { name, beside, part } of members.once(linksOf)) {
    const thing = value[beside]
    const current = value[name]
    if (isObject(thing)) {
      const stated = thing[partIn(thing, part) ?? '']
      if (stated !== undefined && stated !== null && typeof stated === typeof current && stated !== current)
        changes[name] = stated
    } else if (Array.isArray(thing) && Array.isArray(current)) {
      const stated = thing.map((item) => (isObject(item) ? item[partIn(item, part) ?? ''] : undefined))
      if (stated.length > 0 && stated.every((one) => one !== undefined && one !== null)) changes[name] = stated
    }
  }
  return changes
}

/** A manager is an employee: its id is its `employee_id`, the first of its members. */
function partIn(thing: Record<string, unknown>, part: string): string | undefined {
  const names = Object.keys(thing)
  const [first = ''] = names
  return (
    names.find((name) => spoken(name) === part) ?? (part === 'id' && spoken(first).endsWith(' id') ? first : undefined)
  )
}

const fullNames = ['full name', 'name', 'display name', 'contact name', 'person name', 'user full name'] as const
const companyNames = [
  'company name',
  'business name',
  'organization name',
  'customer name',
  'supplier name',
  'vendor name',
  'partner name',
  'merchant name',
  'client name',
  'name',
  'company',
] as const
const emailNames = ['email', 'email address', 'contact email', 'mail', 'billing email'] as const

/** What the last words of our companies' names are: by these they are told from people. */
const lastWord = (text: string): string => slug(text.split(' ').at(-1) as string)
const trades: ReadonlySet<string> = new Set(
  Object.values(languages)
    .flatMap((language) => Object.values(language.trades).flat())
    .map((trade) => lastWord(typeof trade === 'string' ? trade : trade.latin)),
)

const isCompany = (name: string): boolean => trades.has(lastWord(name.replace(/ [IVX]+$/, '')))

const namePart = / ?(?:first name|given name|last name|family name)$/
const reaching = /(?:^| )(?:email|email address|mail|website|logo|domain)(?: url)?$/

/** Returns what stands before `first_name` in an object with somebody's name or address, undefined for any other object. */
function ownerOf(names: readonly string[]): string | undefined {
  const first = names.map(spoken).find((words) => namePart.test(words))
  if (first !== undefined) return first.replace(namePart, '')
  return names.some((name) => reaching.test(spoken(name))) ? '' : undefined
}

/** The name of a person is given and family name; an e-mail address is made of it, and of the company's domain where both stand beside it. */
export const peopleAgree: Agreement = (members) => {
  const owner = members.once(ownerOf)
  if (owner === undefined) return undefined
  const of = (...words: readonly string[]): string | undefined =>
    members.find(...words.map((word) => `${owner} ${word}`.trim()))
  const parts = [members.text(of('first name', 'given name')), members.text(of('last name', 'family name'))]
  const [given, family] = parts
  const changes: Record<string, unknown> = {}
  const whole = of(...fullNames)
  const said = members.text(whole)
  if (
    said !== undefined &&
    (given ?? family) !== undefined &&
    ((given !== undefined && family !== undefined) || said.includes(' '))
  ) {
    changes[whole as string] = `${given ?? said.split(' ')[0]} ${family ?? said.split(' ').slice(1).join(' ')}`
  }
  const login = of('user name', 'login')
  const short = given !== undefined && family !== undefined ? mailName(given).slice(0, 1) + mailName(family) : ''
  if (login !== undefined && short.length > 2 && members.text(login)?.includes('@') === false) changes[login] = short
  const company = companyOf(members)
  Object.assign(changes, company && websiteOf(members, company))
  const email = of(...emailNames)
  const address = members.text(email)
  if (email !== undefined && address?.includes('@')) {
    const [local = '', domain = ''] = address.split('@')
    const named =
      localOf(given, family) ?? localOf(...halves(members, of('full name', 'contact name', 'user full name', 'name')))
    changes[email] = `${named ?? local}@${company ?? hostOf(members) ?? domain}`
  }
  return changes
}

/** Returns the domain of the company that is named beside. */
function companyOf(members: Members): string | undefined {
  const name = companyNames
    .map((words) => members.text(members.find(words)))
    .find((text) => text !== undefined && isCompany(text))
  return name === undefined ? undefined : `${slug(name)}.example`
}

function websiteOf(members: Members, domain: string): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const words of ['website', 'website url', 'company url', 'logo', 'logo url', 'domain']) {
    const name = members.find(words)
    const text = members.text(name)
    if (name === undefined || text === undefined) continue
    changes[name] = text.replace(
      /^(https?:\/\/(?:www\.|cdn\.)?)?[^/]+/,
      (_, start: string | undefined) => (start ?? '') + domain,
    )
  }
  return changes
}

const hostOf = (members: Members): string | undefined =>
  /^(?:https?:\/\/)?(?:www\.)?([a-z0-9.-]+\.[a-z]+)(?:\/|$)/.exec(
    members.text(members.find('website', 'website url', 'domain')) ?? '',
  )?.[1]

function halves(members: Members, name: string | undefined): [string?, string?] {
  const text = members.text(name)
  if (text === undefined || isCompany(text)) return []
  const [given = '', ...family] = text.split(' ')
  return [given, family.join(' ')]
}

function localOf(given?: string, family?: string): string | undefined {
  const [first, last] = [mailName(given ?? ''), mailName(family ?? '')]
  return first === '' || last === '' ? undefined : `${first}.${last}`
}

interface Place {
  readonly town: Town
  readonly country: Country
}

const towns: ReadonlyMap<string, Place> = new Map(
  countries.flatMap((country) => country.towns.map((town) => [town.name, { town, country }] as const)),
)

const placeNames = [
  'city',
  'town',
  'locality',
  'city name',
  'admin area 2',
  'country code',
  'country',
  'country name',
] as const

/** Region, post code, country, coordinates, time zone, telephone number and street are those of the town; without a town, of one in the country. */
export const placesAgree: Agreement = (members, pools) => {
  if (members.find(...placeNames) === undefined) return undefined
  const random = new Random(hashText(JSON.stringify(members.value)))
  const spot = placeIn(members, random)
  if (!spot) return undefined
  const { town, country } = spot
  const changes: Record<string, unknown> = {}
  const set = (value: unknown, ...names: readonly string[]): void => {
    const name = members.find(...names)
    if (name !== undefined && typeof members.value[name] === typeof value) changes[name] = value
  }
  set(town.region, 'region', 'state', 'province', 'county', 'state code', 'admin area 1', 'region code')
  set(fillPattern(town.postalCode, random), 'postal code', 'postal', 'post code')
  set(nearby(town.latitude, random), 'latitude')
  set(nearby(town.longitude, random), 'longitude')
  set(town.timezone ?? country.timezones[0], 'time zone')
  set(fillPattern(town.phone, random), 'phone', 'phone number')
  if (pools)
    set(
      streetIn(country, pools, random),
      'line 1',
      'address line 1',
      'address line',
      'street',
      'street address',
      'street 1',
      'line',
    )
  setCountry(members, country, changes)
  return changes
}

/** A country stands for a town only where something else has to agree with it. */
function placeIn(members: Members, random: Random): Place | undefined {
  const city = members.find(...placeNames.slice(0, 5))
  const known = towns.get(members.text(city) ?? '')
  if (known || members.text(city) !== undefined) return known
  if (members.find('postal code', 'postal', 'line 1', 'address line 1', 'street', 'address line') === undefined)
    return undefined
  const stated = members.text(members.find('country code', 'country', 'country name'))
  const country = countries.find(({ code, name }) => code === stated || name === stated)
  return country && { country, town: random.pick(country.towns) }
}

function streetIn({ language, line, numbers }: Country, pools: Pools, random: Random): string {
  const street = random.pick(pools.words(language).streets)
  const number = fillPattern(random.pick(numbers), random)
  return line.replace('{street}', () => street).replace('{number}', () => number)
}

/** Codes stay codes in their letter case, names stay names. */
function setCountry(members: Members, { code, name }: Country, changes: Record<string, unknown>): void {
  for (const key of ['country code', 'country', 'country name'].map((words) => members.find(words))) {
    const text = members.text(key)
    if (
      key === undefined ||
      text === undefined ||
      /^\d+$/.test(text) ||
      (text.length === 3 && text === text.toUpperCase())
    )
      continue
    changes[key] = text.length > 2 ? name : text === text.toLowerCase() ? code.toLowerCase() : code
  }
}

const nearby = (degrees: number, random: Random): number =>
  Math.round(degrees * 10_000 + random.int(-200, 200)) / 10_000

const phonePatterns = countries.flatMap(({ towns }) => towns.map(({ phone }) => phone))

/** A national number is one of the country that the calling code beside it stands for. */
export const phonesAgree: Agreement = (members) => {
  const national = members.find('national number', 'local number', 'subscriber number')
  const number = members.text(national)
  const code = members
    .text(members.find('country code', 'calling code', 'dial code', 'country calling code'))
    ?.replace('+', '')
  if (number === undefined || code === undefined) return undefined
  const fitting = phonePatterns.filter((pattern) => pattern.startsWith(`+${code} `))
  if (fitting.length === 0) return undefined
  const random = new Random(hashText(number))
  return {
    [national as string]: fillPattern(
      random
        .pick(fitting)
        .slice(code.length + 2)
        .replaceAll(' ', ''),
      random,
    ),
  }
}

const taxNames = new Set(['Standard rate', 'Reduced rate', 'Zero rate'])

/** A tax is called after its rate. */
export const taxesAgree: Agreement = (members) => {
  const name = members.find('name', 'tax name')
  const rate = members.find('rate', 'percent', 'percentage', 'tax rate')
  if (name === undefined || rate === undefined || !taxNames.has(members.text(name) ?? '')) return undefined
  const stated = members.number(rate) ?? Number(members.text(rate) ?? NaN)
  if (Number.isNaN(stated)) return undefined
  const percent = stated > 0 && stated < 1 ? stated * 100 : stated
  return { [name]: percent === 0 ? 'Zero rate' : percent <= 10 ? 'Reduced rate' : 'Standard rate' }
}

/** The language of a locale is the language beside it. */
export const localesAgree: Agreement = (members) => {
  const locale = members.text(members.find('locale'))
  const language = members.find('language', 'language code', 'preferred language')
  if (locale === undefined || language === undefined || members.text(language)?.length !== 2) return undefined
  return { [language]: locale.slice(0, 2).toLowerCase() }
}

/** A slug is made of the title or name beside it. */
export const slugsAgree: Agreement = (members) => {
  const name = members.find('slug', 'url slug', 'permalink slug')
  const title = members.text(members.find('title', 'name', 'headline'))
  const made = title === undefined ? '' : slug(title)
  return name === undefined || made === '' || members.text(name) === undefined ? undefined : { [name]: made }
}

/** The media type and the ending stated beside a file are those of its name. */
export const filesAgree: Agreement = (members) => {
  const name = members.text(members.find('file name', 'original file name', 'name', 'attachment name'))
  const ending = /\.([a-z]{3,4})$/.exec(name ?? '')?.[1]
  if (ending === undefined || mediaTypes[ending] === undefined) return undefined
  const type = members.find('mime type', 'content type', 'media type')
  const stated = members.find('extension', 'file extension', 'file ext', 'ext')
  return {
    ...(members.text(type)?.includes('/') && { [type as string]: mediaTypes[ending] }),
    ...(members.text(stated) !== undefined && { [stated as string]: ending }),
  }
}
