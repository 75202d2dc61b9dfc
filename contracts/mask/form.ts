import type { Mask } from './mask-text.ts'

/** What stands for a secret: not even its length is told. */
export const hidden = '***'

/**
 * Returns the form of a text, which tells what kind of value it is and not which: `J••• S••••`, `+## ### ####`, `DE## ####`.
 * Letters become dots but for the first of a word and the country of an IBAN, digits become `#`, all else stays. Nothing is left of a secret.
 */
export const formOf = (text: string, sort: Mask): string =>
  sort === 'secret' ? hidden : text.replace(/[\p{L}\p{N}\p{M}]+/gu, formOfWord)

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
