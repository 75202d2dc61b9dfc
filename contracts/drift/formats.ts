import { hasFormat } from '../../spec/index.ts'

/** Formats worth learning; none is part of another. */
const all: readonly string[] = ['date-time', 'date', 'uuid', 'email', 'uri']

/** Returns those of the formats that a text has, too; all formats are tried where none is given. */
export const formatsOf = (text: string, formats: readonly string[] = all): readonly string[] =>
  formats.length === 0 ? formats : formats.filter((format) => hasFormat(format, text))
