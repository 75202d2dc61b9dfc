import { dayOf } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'

/**
 * Public holidays by country, ISO 3166-1 alpha-2: `12-25` is a date, `easter+1` a day counted from Easter Sunday, `1mon-09` the first
 * Monday of September, `-1mon-05` the last Monday of May. After a bar: what happens to one on a weekend: `next` moves it to the next
 * working day, `near` to the nearer of Friday and Monday, `monday` from Sunday only. Those of the whole country, or of where most
 * business is done: England, Zürich, Ontario, New South Wales. Holidays that follow the moon (Kuwait) are left out.
 */
const rules: Readonly<Record<string, string>> = {
  US: '01-01 3mon-01 3mon-02 -1mon-05 06-19 07-04 1mon-09 2mon-10 11-11 4thu-11 12-25 | near',
  CA: '01-01 3mon-02 easter-2 victoria 07-01 1mon-08 1mon-09 2mon-10 12-25 12-26 | next',
  GB: '01-01 easter-2 easter+1 1mon-05 -1mon-05 -1mon-08 12-25 12-26 | next',
  IE: '01-01 1mon-02 03-17 easter+1 1mon-05 1mon-06 1mon-08 -1mon-10 12-25 12-26 | next',
  DE: '01-01 easter-2 easter+1 05-01 easter+39 easter+50 10-03 12-25 12-26',
  AT: '01-01 01-06 easter+1 05-01 easter+39 easter+50 easter+60 08-15 10-26 11-01 12-08 12-25 12-26',
  CH: '01-01 01-02 easter-2 easter+1 05-01 easter+39 easter+50 08-01 12-25 12-26',
  FR: '01-01 easter+1 05-01 05-08 easter+39 easter+50 07-14 08-15 11-01 11-11 12-25',
  NL: '01-01 easter+1 04-27 easter+39 easter+50 12-25 12-26',
  ES: '01-01 01-06 easter-2 05-01 08-15 10-12 11-01 12-06 12-08 12-25',
  IT: '01-01 01-06 easter+1 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26',
  SE: '01-01 01-06 easter-2 easter+1 05-01 easter+39 06-06 midsummer 12-24 12-25 12-26 12-31',
  JP: '01-01 01-02 01-03 2mon-01 02-11 02-23 03-20 04-29 05-03 05-04 05-05 3mon-07 08-11 3mon-09 09-23 2mon-10 11-03 11-23 | monday',
  AU: '01-01 01-26 easter-2 easter+1 04-25 2mon-06 12-25 12-26 | next',
  KW: '01-01 02-25 02-26',
  /** Days on which the settlement system of the euro is closed (TARGET). */
  EUR: '01-01 easter-2 easter+1 05-01 12-25 12-26',
}

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

/** Returns the public holidays of a country in a year, those on weekends moved as the country does. None for a country without rules. */
export function holidaysIn(country: string, year: number): ReadonlySet<Day> {
  const [texts = '', move = ''] = (rules[country] ?? '').split(' | ')
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

/** Days of the week on which nobody works: Friday and Saturday in Kuwait, elsewhere Saturday and Sunday. */
export const weekendOf = (country: string): readonly number[] => (country === 'KW' ? [5, 6] : [6, 0])
