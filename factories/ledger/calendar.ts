import { addMonths, dayOf, partsOf, secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'
import { holidaysIn, weekdayOf, weekendOf } from './holidays.ts'

/** No such day: later than any. */
export const never: Day = 2_000_000

/** Days on which people work in a country. */
export interface Calendar {
  isWorkingDay(day: Day): boolean
  /** Returns the day itself where people work on it, else the next on which they do; `never` stays `never`. */
  next(day: Day): Day
  /** Returns the day itself where people work on it, else the last before it on which they did. */
  previous(day: Day): Day
}

/** Working days are looked up in a table for these years; a company that is older or younger goes by weekends alone. */
const [firstYear, lastYear] = [1980, 2099]
const first = dayOf(firstYear, 1, 1)
const size = dayOf(lastYear + 1, 1, 1) - first

const known = new Map<string, Calendar>()

/**
 * Returns the calendar of a country, ISO 3166-1 alpha-2, or of a currency's banks, `EUR`. It is made once.
 * @example calendarOf('DE').next(parseDay('2026-10-03')) // 2026-10-05: the holiday is a Saturday
 */
export function calendarOf(country: string): Calendar {
  const made = known.get(country) ?? makeCalendar(country)
  known.set(country, made)
  return made
}

function makeCalendar(country: string): Calendar {
  const weekend = weekendOf(country)
  const isFree = Uint8Array.from({ length: size }, (_, index) => Number(weekend.includes(weekdayOf(first + index))))
  for (let year = firstYear; year <= lastYear; year++)
    // New Year may be observed in the year before.
    for (const holiday of holidaysIn(country, year)) isFree[holiday - first] = 1
  const isWorkingDay = (day: Day): boolean => {
    const index = day - first
    return index >= 0 && index < size ? isFree[index] === 0 : !weekend.includes(weekdayOf(day))
  }
  return {
    isWorkingDay,
    next(day) {
      let found = day
      if (day < never) while (!isWorkingDay(found)) found++
      return found
    },
    previous(day) {
      let found = day
      while (!isWorkingDay(found)) found--
      return found
    },
  }
}

/** Hours of UTC at which offices open; the day of a mock ends at 18 o'clock, and what is done on it is done in four hours and a half. */
const opening: Readonly<Record<string, number>> = { US: 13, CA: 13, JP: 0, AU: 0, KW: 5, GB: 8, IE: 8 }

/** Returns when offices open in a country on a day, in seconds since 1970; in most of Europe at 7 o'clock UTC. */
export const officeOpens = (country: string, day: Day): Instant => day * secondsPerDay + (opening[country] ?? 7) * 3600

/** Seconds in which what is done on a day is done, from when offices open. */
export const officeTime = 15_600

/** Returns the first day of the month after a day's. */
export const monthAfter = (day: Day): Day => addMonths(day - partsOf(day).day + 1, 1)
