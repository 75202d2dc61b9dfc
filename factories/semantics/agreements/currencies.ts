import { isObject } from '../../../spec/index.ts'
import { spoken } from '../members.ts'
import type { Agreement } from '../members.ts'

const said = new Set(['currency', 'currency code', 'currency iso', 'iso currency code', 'invoice currency'])
/** What money is changed from and into may differ. */
const other = new Set([
  'from',
  'to',
  'source',
  'target',
  'base',
  'quote',
  'original',
  'settlement',
  'exchange rate',
  'conversion',
])

const isCode = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z]{3}$/.test(value)

/** All money in an object is in its currency: its own, or the first that is stated inside it other than in a list. */
export const currenciesAgree: Agreement = ({ value }) => {
  const code = codeIn(value, 0)
  if (code === undefined) return undefined
  const changes: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    const changed = changedTo(code, name, member)
    if (changed !== member) changes[name] = changed
  }
  return changes
}

function codeIn(value: Readonly<Record<string, unknown>>, depth: number): string | undefined {
  for (const [name, member] of Object.entries(value)) if (isCode(member) && said.has(spoken(name))) return member
  if (depth > 2) return undefined
  for (const [name, member] of Object.entries(value)) {
    const found = isObject(member) && !other.has(spoken(name)) ? codeIn(member, depth + 1) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** Returns a member with other currencies; itself where none differs. */
function changedTo(code: string, name: string, member: unknown): unknown {
  if (other.has(spoken(name))) return member
  if (isCode(member) && said.has(spoken(name)))
    return member === member.toLowerCase() ? code.toLowerCase() : code.toUpperCase()
  if (Array.isArray(member)) {
    const items = member.map((item: unknown) => (isObject(item) ? changedTo(code, '', item) : item))
    return items.some((item, index) => item !== member[index]) ? items : member
  }
  if (!isObject(member)) return member
  const entries = Object.entries(member).map(([inner, value]) => [inner, changedTo(code, inner, value)] as const)
  return entries.some(([inner, value]) => value !== member[inner]) ? Object.fromEntries(entries) : member
}
