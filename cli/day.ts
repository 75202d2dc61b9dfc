import { dayOf, parseDay } from '../spec/index.ts'
import type { Day } from '../spec/index.ts'
import { misuse } from './misuse.ts'

/** Books reach back and forth some years from their day; all of them have to be written with four digits. */
const [first, last] = [dayOf(1900, 1, 1), dayOf(2999, 12, 31)]

/** Returns the day that an option states; `now` is the calendar day where the command runs. @throws Misuse for no day. */
export function day(option: string, text: string, clock: () => Date = () => new Date()): Day {
  if (text === 'now') {
    const now = clock()
    return dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate())
  }
  const stated = parseDay(text)
  if (stated === undefined)
    throw misuse(option, { expected: 'now, or a day like 2026-01-15', received: JSON.stringify(text) })
  if (stated < first || stated > last)
    throw misuse(option, { expected: 'a day from 1900-01-01 to 2999-12-31', received: text })
  return stated
}
