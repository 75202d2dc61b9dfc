import type { Command } from 'commander'
import type { ExportExamplesFlags } from '../export-examples.ts'
import { apiFolders } from '../package.ts'
import { optional, preset, seed, today, withDocument } from './options.ts'

/** Adds `export-examples` to a command line. */
export function exportExamplesIn(program: Command, done: (code: number) => void): void {
  const command = program
    .command('export-examples')
    .summary('write a document with examples, for Prism, Swagger UI, Redoc and others')
    .description(
      'Writes the document of an API with named examples that add up: overdue, paid, partially-paid, empty, ... Same seed and day, same bytes.',
    )
    .argument('[api]', apiFolders().join(', '))
    .addOption(preset('-o, --to <file>', 'a file that ends in .yaml or .json, or - for standard output', '-'))
    .addOption(preset('-n, --invoices <number>', 'how many invoices the books have', '250'))
    .addOption(seed())
    .addOption(today('the day it is'))
    .addOption(optional())
    .option('--format <name>', 'yaml or json, for a file named otherwise')
    .option('-f, --force', 'replace a file that exists')
  withDocument(command).action(async (api: string | undefined, flags: ExportExamplesFlags) =>
    done(await (await import('../export-examples.ts')).exportExamplesCommand(api, flags)),
  )
}
