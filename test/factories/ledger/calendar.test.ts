import { describe, expect, it } from 'vitest'
import { ledgerOf } from '../../../factories/index.ts'
import { calendarOf, never, easterOf, weekdayOf } from '../../../factories/ledger/calendar.ts'
import { formatDay, parseDay } from '../../../spec/index.ts'

const day = (text: string): number => parseDay(text) as number

describe('a calendar', () => {
  it.each([
    [2019, '2019-04-21'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2038, '2038-04-25'],
  ])('knows Easter Sunday of %s', (year, text) => expect(formatDay(easterOf(year))).toBe(text))

  // Public holidays as governments list them: opm.gov, gov.uk/bank-holidays, canada.ca, and the laws of the states of the union.
  it.each([
    ['US', '2026-01-19', 'Martin Luther King'],
    ['US', '2026-07-03', 'Independence Day, a Saturday, on Friday'],
    ['US', '2025-11-27', 'Thanksgiving'],
    ['US', '2021-12-31', 'New Year, a Saturday, on Friday'],
    ['US', '2022-06-20', 'Juneteenth, a Sunday, on Monday'],
    ['GB', '2026-04-03', 'Good Friday'],
    ['GB', '2026-08-31', 'Summer'],
    ['GB', '2026-12-28', 'Boxing Day, a Saturday, on Monday'],
    ['GB', '2022-12-27', 'Christmas, a Sunday, on Tuesday'],
    ['CA', '2026-05-18', 'Victoria Day'],
    ['CA', '2025-10-13', 'Thanksgiving'],
    ['IE', '2026-10-26', 'October'],
    ['DE', '2026-05-14', 'Ascension'],
    ['AT', '2026-06-04', 'Corpus Christi'],
    ['CH', '2025-08-01', 'National Day'],
    ['FR', '2026-07-14', 'National Day'],
    ['NL', '2026-04-27', 'King’s Day'],
    ['ES', '2026-12-08', 'Immaculate Conception'],
    ['IT', '2026-06-02', 'Republic Day'],
    ['SE', '2026-06-19', 'Midsummer Eve'],
    ['JP', '2026-07-20', 'Marine Day'],
    ['AU', '2026-06-08', 'King’s Birthday'],
    ['KW', '2026-02-25', 'National Day'],
    ['EUR', '2026-05-01', 'TARGET is closed'],
  ])('of %s has %s off: %s', (country, text) => {
    expect(calendarOf(country).isWorkingDay(day(text))).toBe(false)
  })

  it('works on days that only others have off', () => {
    expect(calendarOf('US').isWorkingDay(day('2026-04-06'))).toBe(true)
    expect(calendarOf('DE').isWorkingDay(day('2026-07-03'))).toBe(true)
    expect(calendarOf('KW').isWorkingDay(day('2026-01-11'))).toBe(true)
  })

  it('finds the next working day and the one before', () => {
    const { next, previous } = calendarOf('DE')
    expect(formatDay(next(day('2026-04-03')))).toBe('2026-04-07')
    expect(formatDay(previous(day('2026-04-06')))).toBe('2026-04-02')
    expect(next(day('2026-01-15'))).toBe(day('2026-01-15'))
    expect(next(never)).toBe(never)
    expect(formatDay(next(day('2150-01-03')))).toBe('2150-01-05')
  })
})

describe('the books', () => {
  const today = day('2026-01-15')
  const ledger = ledgerOf({ seed: 42, invoices: 12_000, today })
  const { calendar } = ledger.book
  const entries = Array.from({ length: 12_000 }, (_, index) => ledger.entry(index))
  const count = (test: (day: number) => boolean): number => entries.filter(({ issueDate }) => test(issueDate)).length

  it('are written on working days, and paid on them', () => {
    const daysOf = ({ issueDate, sentAt, payments, voidedAt }: (typeof entries)[number]): number[] =>
      [sentAt, voidedAt, ...payments.map(({ at }) => at)]
        .flatMap((at) => (at === undefined ? [] : [Math.floor(at / 86_400)]))
        .concat(issueDate)
    expect(
      entries
        .flatMap(daysOf)
        .filter((one) => !calendar.isWorkingDay(one))
        .map(formatDay),
    ).toEqual([])
  })

  it('have more invoices at the end of a month, and few in summer', () => {
    const isLast = (one: number): boolean =>
      calendar.next(one + 1) - one < 6 && formatDay(calendar.next(one + 1)).slice(0, 7) !== formatDay(one).slice(0, 7)
    expect(count(isLast) / 12_000).toBeGreaterThan(0.08)
    const inMonth = (month: string): number => count((one) => formatDay(one).startsWith(`2025-${month}`))
    expect(inMonth('08')).toBeLessThan(inMonth('06') * 0.95)
    expect(inMonth('12')).toBeGreaterThan(inMonth('08') * 1.3)
  })

  it('grow by half each year', () => {
    const inYear = (year: string): number => count((one) => formatDay(one).startsWith(year))
    expect(inYear('2025') / inYear('2024')).toBeCloseTo(1.5, 0)
    expect(inYear('2024') / inYear('2023')).toBeCloseTo(1.5, 0)
  })

  it('differ from day to day, and have less on Fridays', () => {
    const perWeekday = Array.from({ length: 7 }, (_, weekday) => count((one) => weekdayOf(one) === weekday))
    expect(perWeekday[0]).toBe(0)
    expect(perWeekday[6]).toBe(0)
    expect(perWeekday[5]).toBeLessThan(perWeekday[2] as number)
    const perDay = new Map<number, number>()
    for (const { issueDate } of entries.slice(-3_000)) perDay.set(issueDate, (perDay.get(issueDate) ?? 0) + 1)
    expect(new Set(perDay.values()).size).toBeGreaterThan(20)
  })
})
