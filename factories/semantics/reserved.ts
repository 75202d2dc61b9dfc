import { isFictional } from '../ledger/address.ts'

const host =
  /(?:^|[./@])(?:example\.(?:com|net|org)|[a-z0-9-]+\.(?:example|test|invalid)|localhost|example)(?:[:/?#]|$)/i
const hosts = /(?:https?:\/\/|@|\bwww\.)([^\s/?#"'<>]+)/gi
const domain =
  /^(?:[a-z0-9-]+\.)+(?:com|net|org|edu|gov|io|co|app|dev|info|biz|eu|de|uk|fr|nl|es|it|se|ch|at|us|ca|au|jp)$/i
const phone = /(?:^|\s)(\+\d[\d ().-]{6,}\d)|\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b/

/** Tells whether nothing in a value can reach anybody: hosts are reserved ones (RFC 2606), telephone numbers kept free for fiction. */
export function isReserved(value: unknown): boolean {
  if (typeof value === 'string') return isReservedText(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every(isReserved)
}

function isReservedText(text: string): boolean {
  for (const [, name = ''] of text.matchAll(hosts)) if (!host.test(`@${name}`)) return false
  if (domain.test(text) && !host.test(`@${text}`)) return false
  const number = phone.exec(text)
  return number === null || (number[1] !== undefined && isFictional(number[1]))
}
