/** A calendar day as the number of days since 1970-01-01. */
export type Day = number
/** A moment as whole seconds since 1970-01-01T00:00:00Z. */
export type Instant = number

export const secondsPerDay = 86_400

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))

/** Returns the day of a Gregorian date; month and day count from 1 and may overflow (month 13 is January). */
export function dayOf(year: number, month: number, day: number): Day {
  const shifted = year + Math.floor((month - 1) / 12)
  const wrapped = ((month - 1) % 12 + 12) % 12 + 1
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
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 }
}

/** Returns a day so many months later, on the last day of the month where the month is too short. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, day: dayOfMonth } = partsOf(day)
  const last = dayOf(year, month + months + 1, 1) - 1
  return Math.min(dayOf(year, month + months, dayOfMonth), last)
}

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

const dayShape = /^(\d{4})-(\d\d)-(\d\d)$/
const instantShape = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)$/

/** Returns the day that a text of the form `YYYY-MM-DD` names, or `undefined`; 2026-02-30 is none. */
export function parseDay(text: unknown): Day | undefined {
  const parts = typeof text === 'string' ? dayShape.exec(text) : null
  if (!parts) return undefined
  const day = dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
  return formatDay(day) === text ? day : undefined
}

/** Returns the moment that an RFC 3339 date-time (or a plain date: its midnight, UTC) names, or `undefined`. Fractions are cut. */
export function parseInstant(text: unknown): Instant | undefined {
  const parts = typeof text === 'string' ? instantShape.exec(text) : null
  if (!parts) return scale(parseDay(text))
  const midnight = scale(parseDay(parts[1]))
  if (midnight === undefined || Number(parts[2]) > 23 || Number(parts[3]) > 59 || Number(parts[4]) > 60) return undefined
  return midnight + Number(parts[2]) * 3600 + Number(parts[3]) * 60 + Number(parts[4]) - offsetOf(parts[5] as string)
}

const scale = (day: Day | undefined): Instant | undefined => (day === undefined ? undefined : day * secondsPerDay)

function offsetOf(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0
  const size = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4)) * 60
  return zone.startsWith('-') ? -size : size
}
