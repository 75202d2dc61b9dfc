import { Option } from 'commander'
import type { Command } from 'commander'

/** Collects the values of an option that may be repeated. */
export const gather = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

/** Returns an option with a default, which help shows as it would be typed. */
export const preset = (flags: string, says: string, usual: string): Option => new Option(flags, says).default(usual, usual)

export const seed = (): Option => preset('-s, --seed <seed>', 'same seed, same invoices', '42')
export const today = (says: string): Option => preset('--today <day>', `${says}: now, or a day like 2026-01-15`, 'now')

/** Without a default: a configuration file may say it. */
export const maxBytes = (): Option => new Option('--max-bytes <number>', 'bytes of a body to look at (default: 20000000)')

/** Without a default: a document may say which itself. */
export const optional = (): Option => new Option('--optional <which>', 'optional properties: all, none, or realistic, as real data has them')

/** Adds the options of every command that takes an API. */
export const withDocument = (command: Command, document = 'an OpenAPI document of your own instead', overlay = 'what its parts mean; repeatable (default: overlay.yaml beside it)'): Command =>
  command
    .option('--document <file>', document)
    .option('--overlay <file>', overlay, gather)
