import { addMonths, dayOf, partsOf, secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
/** Where English text puts the month first. */
const monthFirst = new Set(['en-US', 'en-CA', 'en-PH', 'es-US'])

/** Returns a day in English words, in the order of a locale (BCP 47): `14 March 2026`, `March 14, 2026`. */
export function dateText(day: Day, locale: string): string {
  const { year, month, day: dayOfMonth } = partsOf(day)
  const name = months[month - 1]
  return monthFirst.has(locale) ? `${name} ${dayOfMonth}, ${year}` : `${dayOfMonth} ${name} ${year}`
}

/** Returns a span of days in English words, as short as it can be said: `March 2026`, `1 March 2026 to 15 April 2026`. */
export function periodText(start: Day, end: Day, locale: string): string {
  const { year, month, day } = partsOf(start)
  if (day === 1 && end === addMonths(start, 1) - 1) return `${months[month - 1]} ${year}`
  if (day === 1 && month === 1 && end === dayOf(year, 12, 31)) return String(year)
  return start === end ? dateText(start, locale) : `${dateText(start, locale)} to ${dateText(end, locale)}`
}

/** Returns the calendar day (UTC) of a moment. */
export const dayAt = (at: Instant): Day => Math.floor(at / secondsPerDay)
