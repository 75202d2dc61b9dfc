const zero = 48
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Returns the number that two digits at a place make, or −1; `NaN` past the end. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero
  const ones = text.charCodeAt(at + 1) - zero
  // The sign of all four at once: one branch instead of four.
  return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

function beginsWithDate(text: string): boolean {
  const century = two(text, 0)
  const year = two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  if (
    (century | year) < 0 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(7) !== 45
  )
    return false
  if (day <= 28) return true
  return day <= (lengths[month - 1] as number) || (month === 2 && day === 29 && isLeap(century * 100 + year))
}

/** Tells whether a text is a full-date of RFC 3339: `2024-02-29`, never `2023-02-29`. */
export const isDate = (text: string): boolean => text.length === 10 && beginsWithDate(text)

/** The form that nearly every moment has; a leap day is looked at closely. */
const plain =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)[Tt ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?[Zz]$/

const isClock = (hour: number, minute: number, second: number): boolean =>
  hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59

const clock = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(z|([+-])(\d\d)(?::?(\d\d))?)?$/i

/** Tells whether a text is a time of day; with its zone unless that may be missing. A 60th second is one only before midnight, UTC. */
function isTimeOfDay(text: string, mayLackZone: boolean): boolean {
  const [, hour = 0, minute = 0, second = 0, zone, sign, zoneHour = 0, zoneMinute = 0] = clock.exec(text) ?? [
    undefined,
    99,
  ]
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59 || (zone === undefined && !mayLackZone)) return false
  if (isClock(Number(hour), Number(minute), Number(second))) return true
  const east = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -1 : 1)
  return (
    Number(second) === 60 &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    (Number(hour) * 60 + Number(minute) - east + 2880) % 1440 === 1439
  )
}

function isMoment(text: string, mayLackZone: boolean): boolean {
  const parts = text.split(/[t\s]/i)
  return parts.length === 2 && isDate(parts[0] as string) && isTimeOfDay(parts[1] as string, mayLackZone)
}

/** Tells whether a text is a date-time of RFC 3339; any white space may stand for the T, and a zone may lack its colon or its minutes. */
export const isDateTime = (text: string): boolean => plain.test(text) || isMoment(text, false)

/** Tells whether a text is a date-time whose zone may be missing. */
export const isIsoDateTime = (text: string): boolean => isMoment(text, true)

/** Tells whether a text is a full-time of RFC 3339. */
export const isTime = (text: string): boolean => isTimeOfDay(text, false)

/** Tells whether a text is a time whose zone may be missing. */
export const isIsoTime = (text: string): boolean => isTimeOfDay(text, true)
