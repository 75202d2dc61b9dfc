import { fullFormats } from 'ajv-formats/dist/formats.js'
import type { FormatCheck } from '../validator/scalars.ts'
import { isDate, isDateTime, isIsoDateTime, isIsoTime, isTime } from './dates.ts'
import { isBase64, isEmail, isInt32, isRegex, isUri, isUuid } from './texts.ts'

type Check = (text: string) => boolean
interface NumberCheck {
  readonly type: 'number'
  readonly validate: (value: number) => boolean
}
type Format = true | RegExp | Check | NumberCheck

/** Formats with checks of their own: those that are frequent, and those that no single expression can tell. Bodies have a great many dates. */
export const ownFormats = {
  date: isDate,
  time: isTime,
  'date-time': isDateTime,
  'iso-time': isIsoTime,
  'iso-date-time': isIsoDateTime,
  email: isEmail,
  uri: isUri,
  uuid: isUuid,
  regex: isRegex,
  byte: isBase64,
  int32: { type: 'number', validate: isInt32 },
  int64: { type: 'number', validate: Number.isInteger },
} as const satisfies Record<string, Check | NumberCheck>

/**
 * The formats that are checked: those of JSON Schema and of OpenAPI, each in full, with the verdicts of ajv-formats in its full
 * mode. One is different: there, a `byte` with a line break passes where any one of its lines is base64.
 */
export const formats: Readonly<Record<string, Format>> = {
  ...(fullFormats as Record<string, Format>),
  ...ownFormats,
  decimal: true,
}

/** The same as functions, for validators without generated code. */
export const checks: Readonly<Record<string, FormatCheck>> = Object.fromEntries(
  Object.entries(formats).map(([name, format]) => [
    name,
    format instanceof RegExp ? (text: string) => format.test(text) : format,
  ]),
)
