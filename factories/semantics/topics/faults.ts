import { between, oneOf } from '../meaning.ts'
import type { Draw, Meaning } from '../meaning.ts'

/** Where an error is the subject, its text is there; elsewhere there is mostly no error. */
const isReport = ({ clue }: Draw): boolean => !clue.nullable

const sentences = [
  'The request could not be processed.',
  'A required field is missing.',
  'The record does not exist.',
  'The value is not allowed here.',
  'The connected system did not answer in time.',
]
const codes = ['invalid_request', 'not_found', 'validation_failed', 'rate_limited', 'timeout']
const names = ['Bad Request', 'Unauthorized', 'Not Found', 'Conflict', 'Unprocessable Entity', 'Too Many Requests']
const trace =
  'Error: Request timed out\n    at request (/app/src/client.js:118:11)\n    at sync (/app/src/sync.js:42:7)'

/** What goes wrong, which is rare. */
export const faults: readonly Meaning[] = [
  {
    label: 'error message',
    names:
      'error message|error|error reason|failure reason|failure message|error detail|error description|failure|exception|error text|' +
      'setup error|decline reason|last error|rejection reason|failed reason|warning|fault|exception message|error msg|problem|' +
      'bounce reason',
    text: oneOf(sentences),
    examples: 'value',
    cuts: true,
    presence: 0.04,
  },
  {
    label: 'error name',
    names: '=error',
    text: (draw) => draw.random.pick(isReport(draw) ? names : sentences),
    examples: 'value',
    cuts: true,
    presence: 0.04,
  },
  {
    label: 'error message',
    names: '=message|=description|=reason|=issue|=detail|=text|=title|=info',
    of: 'error fault problem failure exception wrong warning invalid insight validation hint',
    text: oneOf(sentences),
    examples: 'value',
    cuts: true,
    presence: 0.95,
  },
  {
    label: 'error code',
    names:
      'error code|failure code|decline code|error type|error name|agent error code|reason code|failure type|exception type|' +
      'error key|detailed error code',
    text: oneOf(codes),
    number: between(1_000, 1_099),
    examples: 'value',
    presence: 0.04,
  },
  {
    label: 'error code',
    names: '=code|=type|=kind|=name|=issue code',
    of: 'error fault problem failure exception',
    text: oneOf(codes),
    number: between(1_000, 1_099),
    examples: 'value',
    presence: 0.95,
  },
  {
    label: 'error place',
    names: '=location|=in',
    of: 'error fault problem',
    text: oneOf(['body', 'query', 'path']),
    examples: 'value',
    presence: 0.8,
  },
  {
    label: 'stack trace',
    names: 'stack trace|stacktrace|trace|traceback|stack|backtrace|debug|debug info',
    text: () => trace,
    cuts: true,
    presence: 0.02,
  },
  {
    label: 'status name',
    names: '=status text|=status name|=status message|=reason phrase',
    of: 'error fault problem',
    text: oneOf(names),
    examples: 'value',
    presence: 0.9,
  },
  {
    label: 'status name',
    names: 'status text|http status text|reason phrase|status message',
    text: oneOf(['OK', 'OK', 'Created', 'Not Found']),
    examples: 'value',
    presence: 0.7,
  },
]
