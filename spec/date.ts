// Calendar days and moments as numbers, and their texts.

/** A calendar day as the number of days since 1970-01-01. */
export type Day = number
/** A moment as whole seconds since 1970-01-01T00:00:00Z. */
export type Instant = number

export const secondsPerDay = 86_400

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))

/** Returns the day of a Gregorian date; month and day count from 1 and may overflow (month 13 is January). */
export function dayOf(year: number, month: number, day: number): Day {
  const shifted = year + Math.floor((month - 1) / 12)
  const wrapped = ((((month - 1) % 12) + 12) % 12) + 1
  // Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March, so the leap day comes last.
  const marchYear = wrapped <= 2 ? shifted - 1 : shifted
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (wrapped + (wrapped > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** Returns year, month and day of month, each from 1. */
export function partsOf(day: Day): { year: number; month: number; day: number } {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

/** Returns a day so many months later, on the last day of the month where the month is too short. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, day: dayOfMonth } = partsOf(day)
  const last = dayOf(year, month + months + 1, 1) - 1
  return Math.min(dayOf(year, month + months, dayOfMonth), last)
}

/** Days that a clock, and what somebody states of an invoice, may have: moments since 1970, and four digits for the years of what follows. */
export const dayRange = { first: 0, last: dayOf(9989, 12, 31) } as const

/** Tells whether a day is within {@link dayRange}. */
export const isInRange = (day: Day): boolean => day >= dayRange.first && day <= dayRange.last

const days = new Map<Day, string>()

/** Returns `2026-02-28`. */
export function formatDay(day: Day): string {
  const known = days.get(day)
  if (known !== undefined) return known
  const { year, month, day: dayOfMonth } = partsOf(day)
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`
  // Invoices share few days; the bound keeps a hostile caller from filling memory.
  if (days.size < 50_000) days.set(day, text)
  return text
}

/** Returns `2026-02-28T09:30:00Z`. */
export function formatInstant(instant: Instant): string {
  const day = Math.floor(instant / secondsPerDay)
  const second = instant - day * secondsPerDay
  return `${formatDay(day)}T${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}Z`
}

/** Returns `/Date(1772271000000+0000)/`, the form of Microsoft's JSON serialisers. */
export const formatMsDate = (instant: Instant): string => `/Date(${instant * 1000}+0000)/`

/** Milliseconds since 1970; the offset that may follow says where the clock hung, not another moment. */
const msDate = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/

/** Returns the number that so many digits at a place make, or a negative one. */
function digits(text: string, from: number, count: number): number {
  let value = 0
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48
    // Past the end there is no number at all.
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** Reads the date that a text begins with; 2026-02-30 is none. */
function leadingDay(text: string): Day | undefined {
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  if (year < 0 || month < 1 || month > 12 || day < 1 || text[4] !== '-' || text[7] !== '-') return undefined
  return day <= (lengths[month - 1] as number) || (month === 2 && day === 29 && isLeap(year))
    ? dayOf(year, month, day)
    : undefined
}

/** Returns the day that a text of the form `YYYY-MM-DD` names, or `undefined`; 2026-02-30 is none. */
export const parseDay = (text: unknown): Day | undefined =>
  typeof text === 'string' && text.length === 10 ? leadingDay(text) : undefined

/**
 * Returns the moment that an RFC 3339 date-time (or a plain date: its midnight, UTC; or `/Date(milliseconds)/`) names, or
 * `undefined`. Fractions are cut.
 */
export function parseInstant(text: unknown): Instant | undefined {
  if (typeof text !== 'string') return undefined
  if (text.length === 10) return scale(leadingDay(text))
  if (text[0] === '/') return msInstant(text)
  const midnight =
    separators.includes(text[10] as string) && text[13] === ':' && text[16] === ':'
      ? scale(leadingDay(text))
      : undefined
  const hour = digits(text, 11, 2)
  const minute = digits(text, 14, 2)
  const second = digits(text, 17, 2)
  const offset = midnight === undefined ? undefined : offsetAt(text, text[19] === '.' ? afterFraction(text) : 19)
  if (
    midnight === undefined ||
    offset === undefined ||
    hour < 0 ||
    hour > 23 ||
    minute < 0 ||
    minute > 59 ||
    second < 0 ||
    second > 60
  )
    return undefined
  return midnight + hour * 3600 + minute * 60 + second - offset
}

function msInstant(text: string): Instant | undefined {
  const milliseconds = msDate.exec(text)?.[1]
  return milliseconds === undefined ? undefined : Math.floor(Number(milliseconds) / 1000)
}

const separators = ['T', 't', ' ']

function afterFraction(text: string): number {
  let at = 20
  while (digits(text, at, 1) >= 0) at++
  return at > 20 ? at : -1
}

/** Returns the seconds east of UTC that the zone from a place to the end says. */
function offsetAt(text: string, at: number): number | undefined {
  const sign = text[at]
  if ((sign === 'Z' || sign === 'z') && text.length === at + 1) return 0
  if ((sign !== '+' && sign !== '-') || text.length !== at + 6 || text[at + 3] !== ':') return undefined
  const hours = digits(text, at + 1, 2)
  const minutes = digits(text, at + 4, 2)
  if (hours < 0 || minutes < 0) return undefined
  const size = hours * 3600 + minutes * 60
  return sign === '-' ? -size : size
}

const scale = (day: Day | undefined): Instant | undefined => (day === undefined ? undefined : day * secondsPerDay)

/** Returns the calendar day of a moment in the time zone where this runs. */
export const localDay = (moment: Date): Day => dayOf(moment.getFullYear(), moment.getMonth() + 1, moment.getDate())
