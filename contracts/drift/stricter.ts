import { isDate, isDateTime } from '../conformance/dates.ts'
import { isEmail, isUri, isUuid } from '../conformance/texts.ts'

/** Formats worth learning, and what tells them; none is part of another. */
const checks: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': isDateTime,
  date: isDate,
  uuid: isUuid,
  email: isEmail,
  uri: isUri,
}

const all: readonly string[] = Object.keys(checks)

/** Returns those of the formats that a text has, too; all formats are tried where none is given. */
export const stricter = (text: string, formats: readonly string[] = all): readonly string[] =>
  formats.length === 0 ? formats : formats.filter((format) => checks[format]?.(text))
