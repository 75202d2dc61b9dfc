// Working days and public holidays of a country, and its office hours.
import { addMonths, dayOf, partsOf, secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'
import { findCountry } from './countries.ts'

/** Days on which the settlement system of the euro is closed (TARGET). */
const euroHolidays = '01-01 easter-2 easter+1 05-01 12-25 12-26'

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Returns the day of the week from Sunday, 0, to Saturday, 6. */
export const weekdayOf = (day: Day): number => (((day + 4) % 7) + 7) % 7

/** Returns Easter Sunday of a year (Gregorian computus, Meeus/Jones/Butcher). */
export function easterOf(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const ofCentury = year % 100
  const epact =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7
  const correction = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
  const sum = epact + toSunday - 7 * correction + 114
  return dayOf(year, Math.floor(sum / 31), (sum % 31) + 1)
}

/**
 * Returns the holidays that rules give in a year: `12-25` is a date, `easter+1` a day counted from Easter Sunday, `1mon-09` the first Monday of
 * September, `-1mon-05` the last Monday of May. After a bar: what happens to one on a weekend: `next` moves it to the next working day,
 * `near` to the nearer of Friday and Monday, `monday` from Sunday only.
 */
function holidaysIn(rules: string, year: number): ReadonlySet<Day> {
  const [texts = '', move = ''] = rules.split(' | ')
  const days = texts
    .split(' ')
    .filter((text) => text !== '')
    .map((rule) => holidayOf(rule, year))
  const holidays = new Set(days)
  for (const day of days) {
    const observed = observedOn(day, move, holidays)
    if (observed !== undefined) holidays.add(observed)
  }
  return holidays
}

function holidayOf(rule: string, year: number): Day {
  if (rule.startsWith('easter')) return easterOf(year) + Number(rule.slice(6))
  // The Monday before 25 May; the Friday of 19 to 25 June.
  if (rule === 'victoria') return weekdayFrom(dayOf(year, 5, 18), 1)
  if (rule === 'midsummer') return weekdayFrom(dayOf(year, 6, 19), 5)
  const [, count, name, month] = /^(-?\d)(\w{3})-(\d\d)$/.exec(rule) ?? []
  if (name === undefined) return dayOf(year, Number(rule.slice(0, 2)), Number(rule.slice(3)))
  const weekday = weekdays.indexOf(name)
  return count === '-1'
    ? weekdayFrom(dayOf(year, Number(month) + 1, 1) - 7, weekday)
    : weekdayFrom(dayOf(year, Number(month), 1) + 7 * (Number(count) - 1), weekday)
}

/** Returns the first such weekday on a day or after it. */
const weekdayFrom = (day: Day, weekday: number): Day => day + ((weekday - weekdayOf(day) + 7) % 7)

function observedOn(day: Day, move: string, taken: ReadonlySet<Day>): Day | undefined {
  const weekday = weekdayOf(day)
  if (move === 'near') return weekday === 6 ? day - 1 : weekday === 0 ? day + 1 : undefined
  if (move === '' || (weekday !== 0 && (weekday !== 6 || move === 'monday'))) return undefined
  let observed = day + 1
  while (weekdayOf(observed) === 0 || weekdayOf(observed) === 6 || taken.has(observed)) observed++
  return observed
}

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
  const { holidays = country === 'EUR' ? euroHolidays : '', weekend = [6, 0] } = findCountry(country) ?? {}
  const isFree = Uint8Array.from({ length: size }, (_, index) => Number(weekend.includes(weekdayOf(first + index))))
  for (let year = firstYear; year <= lastYear; year++)
    // New Year may be observed in the year before.
    for (const holiday of holidaysIn(holidays, year)) isFree[holiday - first] = 1
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

/** Returns when offices open in a country on a day, in seconds since 1970. */
export const officeOpens = (country: string, day: Day): Instant =>
  day * secondsPerDay + (findCountry(country)?.opens ?? 7) * 3600

/** Seconds in which what is done on a day is done, from when offices open: the day of a mock ends at 18 o'clock UTC. */
export const officeTime = 15_600

/** Returns the first day of the month after a day's. */
export const monthAfter = (day: Day): Day => addMonths(day - partsOf(day).day + 1, 1)
