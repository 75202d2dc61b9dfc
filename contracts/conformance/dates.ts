const zero = 48
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Returns the number that two digits at a place make, or −1. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero
  const ones = text.charCodeAt(at + 1) - zero
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

function beginsWithDate(text: string): boolean {
  const century = two(text, 0)
  const year = two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  if (century < 0 || year < 0 || month < 1 || month > 12 || day < 1 || text[4] !== '-' || text[7] !== '-') return false
  return day <= (lengths[month - 1] as number) || (month === 2 && day === 29 && isLeap(century * 100 + year))
}

/** Tells whether a text is a full-date of RFC 3339: `2024-02-29`, never `2023-02-29`. */
export const isDate = (text: string): boolean => text.length === 10 && beginsWithDate(text)

/** Tells whether a text is surely a date-time of RFC 3339; leap seconds and odd separators are left to slower checks. */
export function isDateTime(text: string): boolean {
  const letter = text[10]
  if ((letter !== 'T' && letter !== 't' && letter !== ' ') || !beginsWithDate(text)) return false
  if (text[13] !== ':' || text[16] !== ':' || !isTime(two(text, 11), two(text, 14), two(text, 17))) return false
  return isZone(text, text[19] === '.' ? afterFraction(text) : 19)
}

const isTime = (hour: number, minute: number, second: number): boolean =>
  hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59

function afterFraction(text: string): number {
  let at = 20
  while (at < text.length && text.charCodeAt(at) >= zero && text.charCodeAt(at) <= zero + 9) at++
  return at > 20 ? at : -1
}

function isZone(text: string, at: number): boolean {
  if (at < 0) return false
  const sign = text[at]
  if (sign === 'Z' || sign === 'z') return text.length === at + 1
  if ((sign !== '+' && sign !== '-') || text.length !== at + 6 || text[at + 3] !== ':') return false
  const hour = two(text, at + 1)
  const minute = two(text, at + 4)
  return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59
}
