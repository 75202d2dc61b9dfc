import { Option } from 'commander'
import type { Command } from 'commander'
import type { ExportExamplesFlags } from '../export-examples.ts'
import { apiFolders } from '../package.ts'

const preset = (flags: string, says: string, usual: string): Option => new Option(flags, says).default(usual, usual)

/** Adds `export-examples` to a command line. */
export function exportExamplesIn(program: Command, done: (code: number) => void): void {
  program.command('export-examples')
    .summary('write a document with examples, for Prism, Swagger UI, Redoc and others')
    .description('Writes the document of an API with named examples that add up: overdue, paid, partially-paid, empty, ... Same seed and day, same bytes.')
    .argument('[api]', apiFolders().join(', '))
    .addOption(preset('-o, --to <file>', 'a file that ends in .yaml or .json, or - for standard output', '-'))
    .addOption(preset('-n, --invoices <number>', 'how many invoices the books have', '250'))
    .addOption(preset('-s, --seed <seed>', 'same seed, same invoices', '42'))
    .addOption(preset('--today <day>', 'the day it is: now, or a day like 2026-01-15', 'now'))
    .option('--optional <which>', 'optional properties: all, none, or realistic, as real data has them')
    .option('--format <name>', 'yaml or json, for a file named otherwise')
    .option('-f, --force', 'replace a file that exists')
    .option('--document <file>', 'an OpenAPI 3.1 document of your own instead')
    .option('--overlay <file>', 'what its parts mean; repeatable (default: overlay.yaml beside it)', (value: string, before: readonly string[] | undefined) => [...(before ?? []), value])
    .action(async (api: string | undefined, flags: ExportExamplesFlags) => done(await (await import('../export-examples.ts')).exportExamplesCommand(api, flags)))
}
