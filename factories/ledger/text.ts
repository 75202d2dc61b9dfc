// Folds accents, makes host names and fills digit patterns.
import type { Random } from '../random.ts'

const marks = /[\u0300-\u036f]+/g
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
}

/** Returns a text without accents: Gebäudetechnik becomes Gebaudetechnik, straße becomes strasse. */
export function foldAccents(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  return text
    .normalize('NFKD')
    .replaceAll(marks, '')
    .replaceAll(/[ßøØæÆœŒłŁđĐ]/g, (letter) => plainLetters[letter] as string)
}

/** Returns a text as a label of a host name: lower-case letters, digits and single hyphens. */
export const slug = (text: string): string =>
  foldAccents(text)
    .toLowerCase()
    .replaceAll(/['’.]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/** Returns a name as half of an e-mail address: van der Pol becomes vanderpol. */
export const mailName = (name: string): string => slug(name.replaceAll(' ', ''))

/** Letters that the post codes of Britain, Canada and the Netherlands have in common. */
const capitals = 'ABEGHJLNPRTWXYZ'

/** Returns a text with every `#` replaced by a digit, every `@` by a digit from 1, and every `?` by a capital letter. */
export function fillPattern(pattern: string, random: Random): string {
  let text = ''
  for (let index = 0; index < pattern.length; index++) {
    const sign = pattern.charAt(index)
    if (sign === '#') text += random.int(0, 9)
    else if (sign === '@') text += random.int(1, 9)
    else text += sign === '?' ? capitals.charAt(random.int(0, capitals.length - 1)) : sign
  }
  return text
}

/** Returns the digits of a text as numbers. */
export const digitsOf = (text: string): number[] => text.replaceAll(/\D/g, '').split('').map(Number)

/**
 * Returns the same text in one piece. Engines put off joining what is concatenated; what is going to be used many times is joined
 * once, here.
 */
export function flatten(text: string): string {
  Number(text)
  return text
}
