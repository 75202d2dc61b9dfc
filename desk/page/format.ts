// Formats sizes, times, numbers and days.

/** Returns bytes as people write them: `2.1 kB`. */
export const bytesText = (count: number): string =>
  count < 1000 ? `${count} B` : count < 1e6 ? `${(count / 1000).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`

/** Returns milliseconds: `3.4 ms`, `120 ms`. */
export const millisecondsText = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`

/** Returns a whole number with commas. */
export const countText = (value: number): string => value.toLocaleString('en')

/** Returns the time of a moment on this computer: `17:04:31`. */
export const timeText = (at: number): string => new Date(at).toLocaleTimeString('en-GB')

/** Returns a decimal text with commas between thousands: `1,210.00`. */
export function decimalText(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(\..*)?$/.exec(text) ?? []
  return whole === '' ? text : `${sign === '-' ? '−' : ''}${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}${fraction}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Returns a day as people write it: `15 Jan 2026`; other texts as they are. */
export function dayText(text: string): string {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) ?? []
  return year === undefined ? text : `${Number(date)} ${months[Number(month) - 1]} ${year}`
}

/** Returns another day: `2026-01-15` and 1 are `2026-01-16`. */
export function addDays(text: string, days: number): string {
  const date = new Date(`${text}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return text
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** Returns the beginning of a text. */
export const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)
