import { dayOf, parseDay } from '../spec/index.ts'
import type { Day } from '../spec/index.ts'
import { misuse } from './misuse.ts'

/** Returns the day that an option states; `now` is the calendar day where the command runs. @throws Misuse for no day. */
export function day(option: string, text: string, clock: () => Date = () => new Date()): Day {
  if (text === 'now') {
    const now = clock()
    return dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate())
  }
  const stated = parseDay(text)
  if (stated === undefined) throw misuse(option, { expected: 'now, or a day like 2026-01-15', received: JSON.stringify(text) })
  return stated
}
