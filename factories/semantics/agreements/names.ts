import { slug } from '../../ledger/text.ts'
import type { Agreement } from '../members.ts'

const named = new Set(['Standard rate', 'Reduced rate', 'Zero rate'])

/** A tax is called after its rate. */
export const taxesAgree: Agreement = (members) => {
  const name = members.find('name', 'tax name')
  const rate = members.find('rate', 'percent', 'percentage', 'tax rate')
  if (name === undefined || rate === undefined || !named.has(members.text(name) ?? '')) return undefined
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
