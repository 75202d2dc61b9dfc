/** Sets of ASCII characters by code; what is not ASCII is in none. */
const set = (characters: string): Uint8Array => {
  const codes = new Uint8Array(128)
  for (const character of characters) codes[character.charCodeAt(0)] = 1
  return codes
}

const digits = '0123456789'
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const alphanumeric = set(digits + letters)
const hexadecimal = set(`${digits}abcdefABCDEF`)
/** RFC 5322, atext. */
const atext = set(`${digits}${letters}!#$%&'*+/=?^_\`{|}~-`)
/** RFC 3986: unreserved, sub-delims, and what the part allows besides. */
const path = set(`${digits}${letters}-._~!$&'()*+,;=:@/`)
const query = set(`${digits}${letters}-._~!$&'()*+,;=:@/?`)

const has = (codes: Uint8Array, code: number): boolean => code < 128 && codes[code] === 1

/** Returns the place of the first character from a place on that is not in the set; percent-escapes pass where allowed. */
function pass(text: string, from: number, codes: Uint8Array, escapes = false): number {
  let at = from
  for (;;) {
    const code = text.charCodeAt(at)
    if (has(codes, code)) at++
    else if (
      escapes &&
      code === 37 &&
      has(hexadecimal, text.charCodeAt(at + 1)) &&
      has(hexadecimal, text.charCodeAt(at + 2))
    )
      at += 3
    else return at
  }
}

/** Tells whether a text is a UUID of RFC 9562, alone or as `urn:uuid:`. */
export function isUuid(text: string): boolean {
  const from = text.length === 45 && text.slice(0, 9).toLowerCase() === 'urn:uuid:' ? 9 : 0
  if (text.length !== from + 36) return false
  for (let at = 0; at < 36; at++) {
    const code = text.charCodeAt(from + at)
    const isDash = at === 8 || at === 13 || at === 18 || at === 23
    if (isDash ? code !== 45 : !has(hexadecimal, code)) return false
  }
  return true
}

/** Tells whether a text is an e-mail address: dot-separated atoms, then a host name of at least two labels. Linear in its length. */
export function isEmail(text: string): boolean {
  let at = pass(text, 0, atext)
  while (at > 0 && text.charCodeAt(at) === dot && text.charCodeAt(at - 1) !== dot) at = pass(text, at + 1, atext)
  return at > 0 && text[at] === '@' && text.charCodeAt(at - 1) !== dot && areLabels(text, at + 1)
}

const dashed = set(`${digits}${letters}-`)
const dot = 46

/** Tells whether from a place on there are two labels or more, none with a dash at its ends. */
function areLabels(text: string, from: number): boolean {
  let begin = from
  for (;;) {
    const end = pass(text, begin, dashed)
    if (end === begin || !has(alphanumeric, text.charCodeAt(begin)) || !has(alphanumeric, text.charCodeAt(end - 1)))
      return false
    if (end === text.length) return begin > from
    if (text.charCodeAt(end) !== dot) return false
    begin = end + 1
  }
}

const scheme = /^[a-z][a-z0-9+\-.]*:/i

/** Tells whether a text is a URI of RFC 3986, which has a scheme and something after it. */
export function isUri(text: string): boolean {
  const isPlain = text.startsWith('https://')
  const begin = isPlain ? 8 : (scheme.exec(text)?.[0].length ?? -1)
  if (begin < 0) return false
  let at = pass(text, begin, path, true)
  if (text[at] === '[') at = afterLiteral(text, scheme.exec(text)?.[0].length ?? 0)
  if (at === begin && !isPlain) return false
  if (text[at] === '?') at = pass(text, at + 1, query, true)
  if (text[at] === '#') at = pass(text, at + 1, query, true)
  return at === text.length
}

const literal = /^\/?\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?\[([^\]]*)\](?::\d*)?(?=[/?#]|$)/i
const later = /^v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+$/i

/** Returns where the path ends that follows an address in brackets; −1 where that is none. */
function afterLiteral(text: string, from: number): number {
  const [whole, inside = ''] = literal.exec(text.slice(from)) ?? []
  return whole !== undefined && (later.test(inside) || isIpv6(inside))
    ? pass(text, from + whole.length, path, true)
    : -1
}

const group = /^[0-9a-f]{1,4}$/i
const dotted = /^(?:(?:25[0-5]|2[0-4]\d|[01]?\d?\d)(?:\.|$)){4}$/

/** Tells whether a text is an IPv6 address: eight groups, or fewer around one `::`; the last two may be written as IPv4. */
function isIpv6(text: string): boolean {
  const halves = text.split('::')
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const groups = [...left, ...right]
  const last =
    (halves.length === 1 || right.length > 0) &&
    dotted.test(groups.at(-1) ?? '') &&
    !(groups.at(-1) ?? '').endsWith('.')
      ? 1
      : 0
  const size = groups.length + last
  return (
    halves.length < 3 &&
    (halves.length === 1 ? size === 8 : size <= 7) &&
    groups.slice(0, groups.length - last).every((part) => group.test(part))
  )
}

/** Tells whether a text is base64 in groups of four, padded at its end. */
export const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)

/** Tells whether a text is a regular expression; `\Z` is none of this language. */
export function isRegex(text: string): boolean {
  if (/[^\\]\\Z/.test(text)) return false
  try {
    return Boolean(new RegExp(text))
  } catch {
    return false
  }
}

const decimal = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Tells whether a text is a decimal number. */
export const isDecimal = (text: string): boolean => decimal.test(text)
