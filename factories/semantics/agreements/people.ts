import { mailName, slug } from '../../ledger/slug.ts'
import { spoken } from '../members.ts'
import type { Agreement, Members } from '../members.ts'

const full = ['full name', 'name', 'display name', 'contact name', 'person name', 'user full name'] as const

/** The name of a person is given and family name, and the e-mail address is made of it; a company's address is of its website's domain. */
export const peopleAgree: Agreement = (members) => {
  const { names } = members
  const stem = names.find((name) => / ?(?:first name|given name)$/.test(spoken(name)))
  return stem === undefined ? companyAgrees(members) : personAgrees(members, spoken(stem).replace(/ ?(?:first name|given name)$/, ''))
}

function personAgrees(members: Members, owner: string): Record<string, unknown> | undefined {
  const of = (...words: readonly string[]): string | undefined => members.find(...words.map((word) => `${owner} ${word}`.trim()))
  const given = members.text(of('first name', 'given name'))
  const family = members.text(of('last name', 'family name'))
  if (given === undefined || family === undefined) return undefined
  const changes: Record<string, unknown> = {}
  const whole = of(...full)
  if (members.text(whole) !== undefined) changes[whole as string] = `${given} ${family}`
  const email = of('email', 'email address', 'contact email', 'mail')
  const address = members.text(email)
  const [first, last] = [mailName(given), mailName(family)]
  if (address?.includes('@') && first !== '' && last !== '') changes[email as string] = `${first}.${last}@${address.split('@')[1] as string}`
  return changes
}

/** Without parts of a name, an address follows the whole of it, and what a company has on the web has one host. */
function companyAgrees(members: Members): Record<string, unknown> | undefined {
  const email = members.find('email', 'email address', 'contact email')
  const address = members.text(email)
  const website = members.find('website', 'website url', 'home page', 'domain')
  const host = hostOf(members.text(website))
  const changes: Record<string, unknown> = {}
  if (email !== undefined && address?.includes('@')) {
    const [local = '', domain = ''] = address.split('@')
    const name = members.text(members.find('full name', 'contact name', 'user full name') ?? (local.includes('.') && host === undefined ? members.find('name') : undefined))
    const parts = name?.split(' ').map(slug).filter((part) => part !== '') ?? []
    const next = parts.length > 1 && members.find('company name') !== members.find('name') ? `${parts[0]}.${parts.slice(1).join('')}` : local
    changes[email] = `${next}@${host ?? domain}`
  }
  return changes
}

const hostOf = (text: string | undefined): string | undefined => text === undefined ? undefined : /^(?:https?:\/\/)?(?:www\.)?([a-z0-9.-]+\.[a-z]+)(?:\/|$)/.exec(text)?.[1]
