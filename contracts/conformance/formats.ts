import { fullFormats } from 'ajv-formats/dist/formats.js'
import { isDate, isDateTime, isIsoDateTime, isIsoTime, isTime } from './dates.ts'
import { isBase64, isEmail, isRegex, isUri, isUuid } from './texts.ts'

type Check = (text: string) => boolean
type Format = true | RegExp | Check | { readonly validate: (value: number) => boolean; readonly type: 'number' }

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
} as const satisfies Record<string, Check>

/**
 * The formats that are checked: those of JSON Schema and of OpenAPI, each in full, with the verdicts of ajv-formats in its full
 * mode. One is different: there, a `byte` with a line break passes where any one of its lines is base64.
 */
export const formats: Readonly<Record<string, Format>> = { ...(fullFormats as Record<string, Format>), ...ownFormats, decimal: true }
