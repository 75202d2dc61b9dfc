// Replaces identities by others of the same form, so that what was equal stays equal and what was not stays so.

import { createHmac } from 'node:crypto'

const alphabets = {
  digit: '0123456789',
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  hex: '0123456789abcdef',
  upperHex: '0123456789ABCDEF',
} as const

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** Beginnings that say what kind of thing an identity is of, and nothing of the thing: `inv_`, `INV-`. */
const prefix =
  /^(?:[a-z]|inv|invoice|cus|cust|customer|ven|vendor|sup|supplier|pay|payment|pi|ch|re|ref|li|line|il|in|sub|prod|price|plan|acct|acc|org|con|contact|addr|usr|user|txn|tx|ord|order|po|so|cn|cr|crn|dn|rcpt|quote|q|doc|evt|tax|txr|bill)[_-](?=.)/i

/** Characters of the same alphabet, at their places in a text. */
interface Symbol {
  readonly at: number
  readonly alphabet: string
}

/**
 * Returns what stands for an identity under a key: digits stay digits, letters letters of the same case, UUIDs hexadecimal, known
 * beginnings (`inv_`) and all other signs as they are. It is a permutation of the texts of one form (a Feistel network, NIST SP 800-38G is
 * its standard kin), so that two identities never become one.
 */
export function permute(key: Buffer, text: string): string {
  const kept = uuid.test(text) ? 0 : (prefix.exec(text)?.[0].length ?? 0)
  const symbols = symbolsOf(text, kept)
  if (symbols.length === 0) return text
  let made = round(key, text, symbols)
  // Whole numbers have no zero in front: walked on until that is so, it is a permutation of them alone.
  if (/^[1-9]\d*$/.test(text)) while (made.startsWith('0')) made = round(key, made, symbols)
  return made
}

function symbolsOf(text: string, from: number): Symbol[] {
  const isUuid = uuid.test(text)
  return Array.from(text, (character, at): Symbol | undefined => {
    // Version and variant of a UUID say how it was made (RFC 9562).
    if (at < from || (isUuid && (at === 14 || at === 19))) return undefined
    const alphabet = isUuid ? (/[A-F]/.test(text) ? alphabets.upperHex : alphabets.hex) : alphabetOf(character)
    return alphabet?.includes(character) ? { at, alphabet } : undefined
  }).filter((symbol) => symbol !== undefined)
}

function alphabetOf(character: string): string | undefined {
  if (/\d/.test(character)) return alphabets.digit
  if (/[a-z]/.test(character)) return alphabets.lower
  return /[A-Z]/.test(character) ? alphabets.upper : undefined
}

/** Four times, each half is moved on by what the other is. */
function round(key: Buffer, text: string, symbols: readonly Symbol[]): string {
  const characters = text.split('')
  const middle = Math.floor(symbols.length / 2)
  const halves = [symbols.slice(0, middle), symbols.slice(middle)] as const
  for (let turn = 0; turn < 4; turn++) {
    const [fixed, moved] = turn % 2 === 0 ? halves : ([halves[1], halves[0]] as const)
    const seen = fixed.map(({ at }) => characters[at]).join('')
    // What stays is part of it: a form has a permutation of its own.
    const shifts = bytesFor(key, `${turn} ${formOf(text, symbols)} ${seen}`, moved.length)
    for (const [place, { at, alphabet }] of moved.entries())
      characters[at] = alphabet.charAt(
        (alphabet.indexOf(characters[at] as string) + (shifts[place] as number)) % alphabet.length,
      )
  }
  return characters.join('')
}

function formOf(text: string, symbols: readonly Symbol[]): string {
  const form = text.split('')
  for (const { at, alphabet } of symbols) form[at] = alphabet.charAt(0)
  return form.join('')
}

/** Returns numbers from 0 to 65,535 that depend on a key and a text. */
function bytesFor(key: Buffer, text: string, count: number): number[] {
  const numbers: number[] = []
  for (let block = 0; numbers.length < count; block++) {
    const digest = createHmac('sha256', key).update(`${block} ${text}`).digest()
    for (let at = 0; at < digest.length && numbers.length < count; at += 2) numbers.push(digest.readUInt16BE(at))
  }
  return numbers
}

/** Returns a whole number from 0 to below a limit that depends on a key and a text. */
export const numberFor = (key: Buffer, text: string, limit: number): number =>
  createHmac('sha256', key).update(text).digest().readUIntBE(0, 6) % limit

const accented = /[^\0-\u007F]/

/** Returns a text of the same form whose letters and digits are others; letters beyond ASCII become some of it. */
export function disguise(key: Buffer, text: string): string {
  const plain = accented.test(text)
    ? text.replace(/[^\0-\u007F]/gu, (letter) =>
        /\p{Lu}/u.test(letter) ? 'Q' : /[\p{L}\p{M}\p{N}]/u.test(letter) ? 'q' : letter,
      )
    : text
  // A short text may come out as itself: it is moved on then.
  const made = permute(key, plain)
  return made === text && /[\da-z]/i.test(text) ? permute(key, made.split('').toReversed().join('')) : made
}
