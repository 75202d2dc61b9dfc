import { Option } from 'commander'
import type { Command } from 'commander'

/** Collects the values of an option that may be repeated. */
export const gather = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

/** Returns an option with a default, which help shows as it would be typed. */
export const preset = (flags: string, says: string, usual: string): Option =>
  new Option(flags, says).default(usual, usual)

export const seed = (): Option => preset('-s, --seed <seed>', 'same seed, same invoices', '42')
export const today = (says: string): Option => preset('--today <day>', `${says}: now, or a day like 2026-01-15`, 'now')

/** Without a default: a configuration file may say it. */
export const maxBytes = (): Option =>
  new Option('--max-bytes <number>', 'bytes of a body to look at (default: 20000000)')

/** Without a default: a document may say which itself. */
export const optional = (): Option =>
  new Option('--optional <which>', 'optional properties: all, none, or realistic, as real data has them')

/** Adds the options of every command that takes an API. */
export const withDocument = (
  command: Command,
  document = 'an OpenAPI document of your own instead',
  overlay = 'what its parts mean; repeatable (default: overlay.yaml beside it)',
): Command => command.option('--document <file>', document).option('--overlay <file>', overlay, gather)

/** Adds what every command says to reach an API. */
export const withReach = (command: Command): Command =>
  command
    .option('-H, --header <header>', "'Name: value', sent with every request, never printed; repeatable", gather)
    .option(
      '--header-env <pair>',
      "'Name=VARIABLE': a header whose value an environment variable holds; repeatable",
      gather,
    )
    .option('--header-file <file>', "a file of lines 'Name: value'; repeatable", gather)
    .option('--param <pair>', 'name=value, sent wherever the document has the parameter; repeatable', gather)
    .option('--id <id>', 'an invoice to ask for, where the API has no list; repeatable', gather)

/** Adds what every command says of how patient and how strict to be. */
export const withManners = (command: Command): Command =>
  command
    .option('--today <day>', 'the day it is there: now, or a day like 2026-01-15 (default: now)')
    .option('--tolerance <number>', 'minor units by which sums may differ (default: 0)')
    .option('--strict', 'fields that are not documented are violations')
    .option('--lenient', 'they pass even where the document forbids them')
    .option('--rate <rate>', 'requests at most: 5/s, 100/m')
    .option(
      '--retries <number>',
      'how often to ask again where the network fails or the server says later (default: 2)',
    )
    .option('--timeout <seconds>', 'to wait for an answer (default: 30)')
    .addOption(maxBytes())
    .option('--config <file>', 'what holds for each API (default: proforma.config.json, .js or .mjs here)')
