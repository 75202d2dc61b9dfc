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
export const numberFor = (text: string, limit: number): number => streamOf(text)() % limit

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
export function scrambleSecret(text: string, salt: string): string {
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
