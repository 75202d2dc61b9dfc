// Masks a text so that its form stays and nobody can be recognised.

import { percentDecoded } from '../../spec/index.ts'

/** How a text is masked. */
export type Mask =
  | 'words' // names, streets, free text: other words of the same form
  | 'phone' // a telephone number
  | 'secret' // a token or key: other characters of the same form
  | 'embedded' // only the addresses that stand in it

const email = /[\w.!#$%&'*+/=?^`{|}~-]+(?:@|%40)[a-z\d](?:[a-z\d.-]*[a-z\d])?/gi
const url = /\bhttps?:\/\/[^\s"'<>)\]]+/gi
/** Only what looks like nothing else: with a plus or 00 before enough digits, or an area code apart. */
const phone =
  /(?:\+|%2B|\b00)[1-9][\d ().-]{6,18}\d|\(0?\d{2,5}\)[ -]?\d[\d -]{4,12}\d|\b0\d{2,4}[ /-]\d[\d -]{4,10}\d\b/gi
/** ISO 13616: country, check digits, and up to 30 characters, in groups of four or none. */
const iban = /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/g
/** A JSON Web Token, a key with a prefix of its issuer, credentials of HTTP, and what stands after a word for a secret. */
const token =
  /\beyJ[\w-]+(?:\.[\w-]+){1,2}|\b(?:sk|pk|rk|ghp|gho|ghs|github_pat|glpat|xox[abprs]|whsec|AKIA|ASIA|AIza|ya29)[-_.]?[\w-]{10,}|(?<=\b(?:Bearer|Basic)\s+)[\w.~+/=-]{6,}|(?<=\b(?:password|passwd|pwd|secret|(?:access_?|refresh_?)?token|api[-_]?key|pin|otp)["']?\s*[:=]\s*["']?)[^\s"'&;,<>]+/gi

/** Most texts hold none, which is told at once. */
const mayHoldAddress = /[@+%(:=]|\d{4}|\b[A-Z]{2}\d\d|eyJ|[-_]\w{10}|Bearer|Basic|0\d/i

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
  if (!mayHoldAddress.test(text)) return []
  const all = (pattern: RegExp, make: (found: string) => string): Address[] =>
    [...text.matchAll(pattern)].map((match) => ({ index: match.index, found: match[0], made: make(match[0]) }))
  const addresses = [
    ...all(url, (found) => maskUrl(found, salt)),
    ...all(email, (found) => maskEmail(found, salt)),
    ...all(token, (found) => scrambleSecret(found, salt)),
    ...all(iban, (found) => scrambleSecret(found, salt)),
    ...all(phone, (found) => fictional(found, salt)),
  ]
  return addresses.sort((left, right) => left.index - right.index || right.found.length - left.found.length)
}

function maskEmail(address: string, salt: string): string {
  const at = address.includes('@') ? '@' : '%40'
  const [local = '', host = ''] = address.split(at)
  return `${scramble(local, salt)}${at}${maskHost(host, salt)}`
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

/** RFC 2606, and 555-01xx: these reach nobody, so that a mock's answers are shown as they are. */
const reserved = /(?:^|[@.]|%40)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$/i
const fiction = /5550?1\d\d$/

/** Tells whether a text is an e-mail address or a telephone number that nobody has. */
export const isNobody = (text: string): boolean =>
  text.includes('@') ? reserved.test(text) : /^[+\d ().-]+$/.test(text) && fiction.test(text.replace(/\D/g, ''))

/** Tells whether a text looks like what a machine has drawn: long, without words, with digits or capitals among its letters. */
export const isOpaque = (text: string): boolean =>
  /^[\w.~+/=-]{16,}$/.test(text) &&
  /[a-z]/i.test(text) &&
  (/\d/.test(text) || /[a-z][A-Z]/.test(text)) &&
  !/^\d{4}-\d\d-/.test(text)

/** Returns a text that is printed with the form of its addresses only, and without its tokens. */
export function withoutAddresses(text: string): string {
  if (!mayHoldAddress.test(text)) return text
  const hide = (pattern: RegExp, sort: Mask) => (shown: string) =>
    shown.replace(pattern, (found) => (isNobody(found.replace('%40', '@')) ? found : formOf(found, sort)))
  return [hide(token, 'secret'), hide(email, 'words'), hide(iban, 'words'), hide(phone, 'phone')].reduce(
    (shown, step) => step(shown),
    text,
  )
}

/** Returns a body that is no JSON, masked: markup and names of fields stay, all else becomes other words of the same form. */
export function maskPlain(text: string, type: string, salt: string): string {
  const words = (part: string): string => maskText(part, 'words', salt)
  if (type.includes('x-www-form-urlencoded'))
    return new URLSearchParams(
      [...new URLSearchParams(text)].map(([name, value]) => [maskText(name, 'embedded', salt), words(value)]),
    ).toString()
  if (type.startsWith('multipart/'))
    return text
      .split('\n')
      .map((line) =>
        /^(?:--|content-)/i.test(line) ? line.replace(/(?<=filename\*?=").*?(?=")/gi, words) : words(line),
      )
      .join('\n')
  return text
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? part.replace(/(?<==")[^"]*(?=")|(?<==')[^']*(?=')/g, words) : words(part)))
    .join('')
}

/** What stands for a secret: not even its length is told. */
export const hiddenText = '***'

/**
 * Returns the form of a text, which tells what kind of value it is and not which: `J••• S••••`, `+## ### ####`, `DE## ####`.
 * Letters become dots but for the first of a word and the country of an IBAN, digits become `#`, all else stays. Nothing is left of a secret.
 */
export const formOf = (text: string, sort: Mask): string =>
  sort === 'secret' ? hiddenText : text.replace(/[\p{L}\p{N}\p{M}]+/gu, formOfWord)

function formOfWord(word: string): string {
  if (/^[A-Z]{2}\d\d/.test(word)) return word.slice(0, 2) + formOfWord(word.slice(2))
  const hasDigits = /\p{N}/u.test(word)
  return Array.from(word, (character, index) =>
    /\p{N}/u.test(character)
      ? '#'
      : index === 0 && !hasDigits && isCased(character) && word.length > 1
        ? character
        : '•',
  ).join('')
}

/** Of a script without capitals, the first letter may be a whole family name. */
const isCased = (character: string): boolean => character.toLowerCase() !== character.toUpperCase()

const vowels = 'aeiou'
const consonants = 'bcdfghjklmnpqrstvwxz'
const digits = '0123456789'

/** Returns a stream of numbers from 0 to below 2^32 that depends on a text alone (FNV-1a, then mulberry32). */
function streamOf(text: string): () => number {
  let state = 2_166_136_261
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 16_777_619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

const pick = (from: string, next: () => number): string => from.charAt(next() % from.length)

/** Returns a number from 0 to below a limit that depends on a text alone. */
const numberFor = (text: string, limit: number): number => streamOf(text)() % limit

/**
 * Returns a text of the same form whose words are made up: letters stay vowels or consonants, capitals stay capitals, digits
 * digits, and all else stays. The same word always becomes the same word, however it is written.
 */
export const scramble = (text: string, salt: string): string =>
  text.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) => scrambleWord(word, salt))

function scrambleWord(word: string, salt: string): string {
  const next = streamOf(`${salt} ${word.toLowerCase()}`)
  // A word could come out as itself; an unlucky one is tried again.
  for (let round = 0; ; round++) {
    const made = Array.from(word, (character) => scrambleCharacter(character, next)).join('')
    if (made !== word || round > 3) return made
  }
}

function scrambleCharacter(character: string, next: () => number): string {
  if (character >= '0' && character <= '9') return pick(digits, next)
  const lower = character.toLowerCase()
  if (/\p{N}|\p{M}/u.test(character)) return character
  const made = lower >= 'a' && lower <= 'z' && !vowels.includes(lower) ? pick(consonants, next) : pick(vowels, next)
  return lower === character ? made : made.toUpperCase()
}

/** Returns a text of the same form for a secret: hexadecimal digits stay hexadecimal, so that a UUID stays one. */
function scrambleSecret(text: string, salt: string): string {
  const next = streamOf(`${salt} ${text}`)
  const isHex = /^[\da-f-]+$/i.test(text)
  const isUuid = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i.test(text)
  return Array.from(text, (character, index) => {
    if (isUuid && (index === 14 || index === 19)) return character
    if (!/[\da-z]/i.test(character)) return character
    if (isHex) return pick(/[A-F]/.test(character) ? '0123456789ABCDEF' : '0123456789abcdef', next)
    return /\d/.test(character) ? pick(digits, next) : scrambleCharacter(character, next)
  }).join('')
}

/** Returns a name or value of a query decoded, `+` as a space; as it stands where it is badly encoded. */
export const formDecoded = (part: string): string => percentDecoded(part.replaceAll('+', ' ')) ?? part
