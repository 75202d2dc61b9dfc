import type { Command } from 'commander'
import type { DiffFlags } from '../diff.ts'
import { gather } from './options.ts'

/** Adds `diff` to a command line. */
export function diffIn(program: Command, done: (code: number) => void): void {
  program
    .command('diff')
    .summary('tell what a new version of a document breaks')
    .description(
      'Compares two OpenAPI documents: what breaks those who use the API, what may, what does not, and which roles and laws are lost. Ends with 1 where something breaks.',
    )
    .argument('<old>', 'the document as it was')
    .argument('<new>', 'the document as it is')
    .option('--overlay <file>', 'what their parts mean; repeatable (default: overlay.yaml beside one of them)', gather)
    .option(
      '--report <form>',
      'text, github, or with =file: text, json, junit, sarif, html, markdown; repeatable',
      gather,
    )
    .option('--all', 'show safe changes, too')
    .action(async (before: string, after: string, flags: DiffFlags) =>
      done(await (await import('../diff.ts')).diffCommand(before, after, flags)),
    )
}
