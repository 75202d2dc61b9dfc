import { languages } from '../../ledger/languages.ts'
import { mailName, slug } from '../../ledger/text.ts'
import { spoken } from '../members.ts'
import type { Agreement, Members } from '../members.ts'

const full = ['full name', 'name', 'display name', 'contact name', 'person name', 'user full name'] as const
const companies = [
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
const emails = ['email', 'email address', 'contact email', 'mail', 'billing email'] as const

/** What the last words of our companies' names are: by these they are told from people. */
const lastWord = (text: string): string => slug(text.split(' ').at(-1) as string)
const trades: ReadonlySet<string> = new Set(
  Object.values(languages)
    .flatMap((language) => Object.values(language.trades).flat())
    .map((trade) => lastWord(typeof trade === 'string' ? trade : trade.latin)),
)

const isCompany = (name: string): boolean => trades.has(lastWord(name.replace(/ [IVX]+$/, '')))

const stem = / ?(?:first name|given name|last name|family name)$/
const reaching = /(?:^| )(?:email|email address|mail|website|logo|domain)(?: url)?$/

/** Returns what stands before `first_name` in an object with somebody's name or address, undefined for any other object. */
function ownerOf(names: readonly string[]): string | undefined {
  const first = names.map(spoken).find((words) => stem.test(words))
  if (first !== undefined) return first.replace(stem, '')
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
  const whole = of(...full)
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
  const email = of(...emails)
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
  const name = companies
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
