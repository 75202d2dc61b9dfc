import { fullFormats } from 'ajv-formats/dist/formats.js'
import { isDate, isDateTime } from './dates.ts'
import { isEmail, isUri, isUuid } from './texts.ts'

type Check = (text: string) => boolean
type Format = true | RegExp | Check | { readonly validate: unknown; readonly type?: 'string' | 'number' }

const reference = fullFormats as Record<string, Format>

/** Returns the verdict of the reference implementation. */
function ask(name: string, text: string): boolean {
  const format = reference[name] as Format
  if (format === true) return true
  const check = typeof format === 'object' && 'validate' in format ? format.validate : format
  return check instanceof RegExp ? check.test(text) : (check as Check)(text)
}

/** Returns a check that says yes quickly where it is sure, and asks the reference otherwise: the verdicts are the same. */
const orAsk = (name: string, isSure: Check): Check => (text) => isSure(text) || ask(name, text)

/**
 * The formats that are checked: those of JSON Schema and of OpenAPI, each in full. Most of the time of a validation goes into
 * dates, so the frequent formats have checks of their own; the verdicts are those of ajv-formats in its full mode.
 */
export const formats: Readonly<Record<string, Format>> = {
  ...reference,
  date: isDate,
  'date-time': orAsk('date-time', isDateTime),
  email: isEmail,
  uri: orAsk('uri', isUri),
  uuid: orAsk('uuid', isUuid),
  decimal: true,
}
