// Defines errors about wrong use of the command line.

import type { CommanderError } from 'commander'
import { Failure, failure } from '../spec/index.ts'
import type { FailureParts } from '../spec/index.ts'

/** A mistake in the command line itself, which the command's help would have prevented. */
export class UsageError extends Failure {}

/** Returns an error about one part of the command line: `Failed to read --port: expected … but received ….` */
export const usageError = (what: string, parts: FailureParts): UsageError =>
  new UsageError(failure(`read ${what}`, parts).message)

/** Returns what commander found wrong with a command line, in the house style. Values are not repeated: they may be secret. */
export function usageErrorOf({ code, message }: CommanderError): UsageError {
  const quoted = /'([^'=]*)/.exec(message)?.[1] ?? ''
  const suggestion = /\((Did you mean .*\?)\)/.exec(message)?.[1]
  const [expected, received] = readings[code]?.(quoted, message) ?? [
    'one that is understood',
    message.replace(/^error: /, '').replace(/\.$/, ''),
  ]
  return usageError('the command line', { expected, received, ...(suggestion !== undefined && { cure: suggestion }) })
}

/** `-u, --url <base>` is `--url <base>`. */
const long = (option: string): string => option.replace(/^-\w, /, '')

type Reading = (quoted: string, message: string) => readonly [expected: string, received: string]

const readings: Readonly<Record<string, Reading>> = {
  'commander.unknownOption': (option) => ['an option that exists', option],
  'commander.unknownCommand': (command) => ['a command that exists', `"${command}"`],
  'commander.missingArgument': (argument) => [`the argument <${argument}>`, 'none'],
  'commander.optionMissingArgument': (option) => [`a value for ${long(option)}`, 'none'],
  'commander.missingMandatoryOptionValue': (option) => [`the option ${long(option)}`, 'none'],
  'commander.excessArguments': (_, message) => {
    const [, expected = 'fewer arguments', received = 'more'] =
      /Expected (\d+ arguments?) but got (\d+)/.exec(message) ?? []
    return [expected, received]
  },
}
