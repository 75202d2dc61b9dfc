// Days of issue: how many invoices a company issues on each day, by weekday, season and growth.
import { failure, partsOf } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import { mix2 } from '../random.ts'
import { monthAfter, weekdayOf } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import { salt, unit } from './draw.ts'

/** How many invoices a company issues, and how that changes. */
export interface Pace {
  /** Invoices of the first year. */
  readonly perYear: number
  /** Percent by which a year has more of them than the year before. */
  readonly growth: number
  /** How strong the seasons are: 100 as usual, 0 for every month alike. */
  readonly season: number
}

/** The pace where none is stated: 250 invoices in about a year, a million in nineteen. */
export const usualPace: Pace = { perYear: 250, growth: 50, season: 100 }

/** Days on which the entries of a company are issued. */
export interface IssueDays {
  /** The first day of the books. */
  readonly epoch: Day
  /** Returns the day of issue of a place in the sequence of entries, which may lie between two of them; it rises with the place. */
  dayAt(position: number): Day
}

/** January to December: little in summer, much before the year ends. */
const months = [0.93, 0.92, 1.06, 0.98, 1, 1.07, 0.92, 0.8, 1.05, 1.07, 1.1, 1.1]
/** Sunday to Saturday. */
const weekdays = [1, 1.12, 1.05, 1, 1, 0.83, 1]
/** What the first and the last working days of a month have more than others: contracts are billed then, and projects closed. */
const [monthBegins, monthEnds, quarterEnds] = [1.6, 2.2, 1.25]
const noise = salt('invoices of a day')

/** How much more than usual is issued on a day: 0 on a day off, 1 on average of all working days, or a little more. */
function weightOf(day: Day, key: number, calendar: Calendar, season: number): number {
  if (!calendar.isWorkingDay(day)) return 0
  const { month, day: dayOfMonth } = partsOf(day)
  const ofMonth = 1 + (((months[month - 1] as number) - 1) * season) / 100
  const isFirst = calendar.next(day - dayOfMonth + 1) === day
  const isLast = dayOfMonth > 24 && calendar.previous(monthAfter(day) - 1) === day
  const peak = isFirst ? monthBegins : isLast ? monthEnds * (month % 3 === 0 ? quarterEnds : 1) : 1
  const ofChance = 0.65 + 0.7 * unit(mix2(key, day), noise)
  return ofMonth * (weekdays[weekdayOf(day)] as number) * peak * ofChance
}

/** Days for which a company may have issued invoices. */
const longest = 73_000

/** Sum of the weights of a year's days. */
const weightOfYear = 276

/** Returns the entries of a day of weight 1 when the books begin, so that the first year has as many as it is to have. */
function firstRate({ perYear, growth }: Pace): number {
  const grown = growth / 100
  return (perYear / weightOfYear) * (grown === 0 ? 1 : Math.log(1 + grown) / grown)
}

/** Years of which price lists are told apart. */
const mostYears = 200

/** Returns what tells the year of the books, from 0, in which a place in the sequence of entries lies by pace alone, whatever the calendar. */
export function yearsOf({ perYear, growth }: Pace): (position: number) => number {
  const ends: number[] = []
  for (let [end, rate] = [perYear, perYear]; ends.length < mostYears; end += rate *= 1 + growth / 100) ends.push(end)
  return (position) => {
    let year = 0
    while (year < mostYears - 1 && (ends[year] as number) <= position) year++
    return year
  }
}

const dailyGrowth = ({ growth }: Pace): number => (1 + growth / 100) ** (1 / 365.25)

/** What decides on which days entries are issued, but for the first day of the books. */
interface IssueOptions {
  /** Seed of the company's draws. */
  readonly key: number
  readonly calendar: Calendar
  readonly pace: Pace
}

/**
 * Returns the days on which entries are issued, from the first day of the books on. Each day has a share of the entries, and a place in
 * their sequence falls into the share of one day, whatever the number of entries. The table of shares grows as far as it is asked for.
 */
export function issueDaysFrom(epoch: Day, { key, calendar, pace }: IssueOptions): IssueDays {
  const growth = dailyGrowth(pace)
  let rate = firstRate(pace)
  /** Entries up to the end of each day since the epoch. */
  let until = new Float64Array(512)
  let days = 0
  let recent = 0
  let reached = 0
  /** Returns how many entries there are by the end of the day that it adds. */
  const addDay = (): number => {
    if (days === until.length) {
      const longer = new Float64Array(days * 2)
      longer.set(until)
      until = longer
    }
    reached += rate * weightOf(epoch + days, key, calendar, pace.season)
    until[days] = reached
    rate *= growth
    days++
    return reached
  }
  const reach = (position: number): void => {
    for (let rest = longest - days; rest > 0; rest--) if (addDay() > position) return
  }
  return {
    epoch,
    dayAt(position) {
      if (reached <= position) reach(position)
      if (isIn(until, recent, position)) return epoch + recent
      let low = 0
      let high = days - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if ((until[middle] as number) <= position) low = middle + 1
        else high = middle
      }
      recent = low
      return epoch + low
    },
  }
}

const isIn = (until: Float64Array, day: number, position: number): boolean =>
  (until[day] as number) > position && (day === 0 || (until[day - 1] as number) <= position)

/**
 * Returns the latest first day of the books with which a place in the sequence of entries has been reached by a day.
 * @throws Failure where books of this pace would have to begin centuries ago.
 */
export function epochReaching(position: number, newest: Day, { key, calendar, pace }: IssueOptions): Day {
  const growth = dailyGrowth(pace)
  const rate = firstRate(pace)
  let epoch = newest
  let reached = rate * weightOf(epoch, key, calendar, pace.season)
  while (reached <= position) {
    if (newest - epoch >= longest)
      throw failure('open the ledger', {
        expected: `a pace at which so many invoices take at most ${Math.floor(longest / 365)} years`,
        received: `${Math.ceil(position)} invoices, ${pace.perYear} in the first year and ${pace.growth} % more each year`,
        cure: 'State more invoices for the first year, or more growth.',
      })
    epoch--
    reached = rate * weightOf(epoch, key, calendar, pace.season) + growth * reached
  }
  // Sums in the other direction are rounded otherwise: the last entry must not fall on tomorrow.
  while (issueDaysFrom(epoch, { key, calendar, pace }).dayAt(position) > newest) epoch--
  return epoch
}
