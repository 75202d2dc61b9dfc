/** Sets of ASCII characters by code; what is not ASCII is in none. */
const set = (characters: string): Uint8Array => {
  const codes = new Uint8Array(128)
  for (const character of characters) codes[character.charCodeAt(0)] = 1
  return codes
}

const digits = '0123456789'
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const alphanumeric = set(digits + letters)
const decimal = set(digits)
const hexadecimal = set(`${digits}abcdefABCDEF`)
/** RFC 5322, atext. */
const atext = set(`${digits}${letters}!#$%&'*+/=?^_\`{|}~-`)
/** RFC 3986: unreserved, sub-delims, and what the part allows besides. */
const host = set(`${digits}${letters}-.`)
const path = set(`${digits}${letters}-._~!$&'()*+,;=:@/`)
const query = set(`${digits}${letters}-._~!$&'()*+,;=:@/?`)

const has = (codes: Uint8Array, code: number): boolean => code < 128 && codes[code] === 1

/** Returns the place of the first character from a place on that is not in the set; percent-escapes pass where allowed. */
function pass(text: string, from: number, codes: Uint8Array, escapes = false): number {
  let at = from
  for (;;) {
    const code = text.charCodeAt(at)
    if (has(codes, code)) at++
    else if (escapes && code === 37 && has(hexadecimal, text.charCodeAt(at + 1)) && has(hexadecimal, text.charCodeAt(at + 2))) at += 3
    else return at
  }
}

/** Tells whether a text is a UUID of RFC 9562 in its plain form; the form `urn:uuid:` is left to slower checks. */
export function isUuid(text: string): boolean {
  if (text.length !== 36) return false
  for (let at = 0; at < 36; at++) {
    const dash = at === 8 || at === 13 || at === 18 || at === 23
    if (dash ? text[at] !== '-' : !has(hexadecimal, text.charCodeAt(at))) return false
  }
  return true
}

/** Tells whether a text is an e-mail address: dot-separated atoms, then a host name of at least two labels. Linear in its length. */
export function isEmail(text: string): boolean {
  const at = text.indexOf('@')
  return at > 0 && areAtoms(text.slice(0, at)) && areLabels(text.slice(at + 1))
}

const areAtoms = (local: string): boolean => local.split('.').every((atom) => atom !== '' && pass(atom, 0, atext) === atom.length)

const dashed = set(`${digits}${letters}-`)

function areLabels(domain: string): boolean {
  const labels = domain.split('.')
  return labels.length > 1 && labels.every((label) => has(alphanumeric, label.charCodeAt(0)) && has(alphanumeric, label.charCodeAt(label.length - 1)) && pass(label, 0, dashed) === label.length)
}

/** Tells whether a text is surely an http(s) URI of RFC 3986 with a host name; all others are left to slower checks. */
export function isUri(text: string): boolean {
  const begin = text.startsWith('https://') ? 8 : text.startsWith('http://') ? 7 : -1
  if (begin < 0) return false
  let at = pass(text, begin, host)
  if (at === begin) return false
  if (text[at] === ':') at = pass(text, at + 1, decimal)
  if (text[at] === '/') at = pass(text, at, path, true)
  if (text[at] === '?') at = pass(text, at + 1, query, true)
  if (text[at] === '#') at = pass(text, at + 1, query, true)
  return at === text.length
}
