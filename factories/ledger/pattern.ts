import type { Random } from '../random.ts'

/** Letters that the post codes of Britain, Canada and the Netherlands have in common. */
const letters = 'ABEGHJLNPRTWXYZ'

/** Returns a text with every `#` replaced by a digit, every `@` by a digit from 1, and every `?` by a capital letter. */
export function fill(pattern: string, random: Random): string {
  let text = ''
  for (let index = 0; index < pattern.length; index++) {
    const sign = pattern.charAt(index)
    if (sign === '#') text += random.int(0, 9)
    else if (sign === '@') text += random.int(1, 9)
    else text += sign === '?' ? letters.charAt(random.int(0, letters.length - 1)) : sign
  }
  return text
}

/** Returns the digits of a text as numbers. */
export const digitsOf = (text: string): number[] => text.replaceAll(/\D/g, '').split('').map(Number)
