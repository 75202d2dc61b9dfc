import { numberFor, scramble, scrambleSecret } from './scramble.ts'

/** How a text is masked. */
export type Mask =
  | 'words' // names, streets, free text: other words of the same form
  | 'phone' // a telephone number
  | 'secret' // a token or key: other characters of the same form
  | 'embedded' // only the addresses that stand in it

const email = /[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d.-]*[a-z\d])?/gi
const url = /\bhttps?:\/\/[^\s"'<>)\]]+/gi
/** Only what looks like nothing else: with a plus, and enough digits. */
const phone = /\+\d[\d ().-]{6,18}\d/g

/** Returns a text in which nobody can be recognised, as far as its sort tells; the same text always becomes the same. */
export function maskText(text: string, sort: Mask, salt: string): string {
  if (sort === 'secret') return scrambleSecret(text, salt)
  if (sort === 'phone')
    return text.includes('@')
      ? maskText(text, 'embedded', salt)
      : /\d/.test(text)
        ? fictional(text, salt)
        : scramble(text, salt)
  const parts: string[] = []
  let at = 0
  for (const { index, found, made } of addressesIn(text, salt)) {
    if (index < at) continue
    parts.push(rest(text.slice(at, index), sort, salt), made)
    at = index + found.length
  }
  return parts.join('') + rest(text.slice(at), sort, salt)
}

const rest = (text: string, sort: Mask, salt: string): string => (sort === 'words' ? scramble(text, salt) : text)

interface Address {
  readonly index: number
  readonly found: string
  readonly made: string
}

function addressesIn(text: string, salt: string): Address[] {
  if (!/[@+]|:\/\//.test(text)) return []
  const all = (pattern: RegExp, make: (found: string) => string): Address[] =>
    [...text.matchAll(pattern)].map((match) => ({ index: match.index, found: match[0], made: make(match[0]) }))
  const addresses = [
    ...all(url, (found) => maskUrl(found, salt)),
    ...all(email, (found) => maskEmail(found, salt)),
    ...all(phone, (found) => fictional(found, salt)),
  ]
  return addresses.sort((left, right) => left.index - right.index || right.found.length - left.found.length)
}

function maskEmail(address: string, salt: string): string {
  const [local = '', host = ''] = address.split('@')
  return `${scramble(local, salt)}@${maskHost(host, salt)}`
}

/** RFC 2606: nobody owns `.example`. */
export const maskHost = (host: string, salt: string): string =>
  `${scramble(host.toLowerCase().replace(/\.[a-z\d-]+$/, ''), salt)}.example`

/** A path may hold a key, and so may a query, which is left out. */
function maskUrl(text: string, salt: string): string {
  const [, host = '', path = ''] = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]*)[^/?#]*([^?#]*)/i.exec(text) ?? []
  const [, stem = '', suffix = ''] = /^(.*?)(\.[a-z]{2,4})?$/is.exec(path) ?? []
  return `https://${maskHost(host, salt)}${scrambleSecret(stem, salt)}${suffix}`
}

/** 555-0100 to 555-0199 are kept for fiction in North America. */
const fictional = (text: string, salt: string): string =>
  `+120255501${String(numberFor(`${salt} ${text.replace(/\D/g, '')}`, 100)).padStart(2, '0')}`
