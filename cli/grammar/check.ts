import type { Command } from 'commander'
import type { CheckFlags } from '../check.ts'
import { apiFolders } from '../package.ts'
import { gather, withDocument, withManners, withReach } from './options.ts'

/** Adds `check` to a command line. Options have no defaults here: a configuration file comes before those. */
export function checkIn(program: Command, done: (code: number) => void): void {
  const command = program
    .command('check')
    .summary('hold an API against its document and the laws of invoices')
    .description(
      'Asks an API for what its document offers, and holds the answers against the document and the laws of invoices. Only reads, unless told otherwise. With --har or --bodies it asks nobody, and holds what was recorded.',
    )
    .argument('[api]', apiFolders().join(', '))
    .option('-u, --url <base>', 'where it answers; the paths of the document follow')
    .option('--har <file>', 'hold the exchanges of an HTTP Archive instead')
    .option(
      '--bodies <path>',
      'hold JSON bodies instead: a file, or a folder of files named after their operationId, or what proxy --record kept',
    )
  withReach(command)
    .option('--allow-writes', 'also try what changes something: create, update, sync, claim, ...')
    .option(
      '--fuzz <number>',
      'then also send so many requests drawn from the document, good and bad; needs fast-check',
    )
    .option('--seed <number>', 'of --fuzz: same seed, same requests (default: another each time; it is printed)')
    .option('--max-pages <number>', 'pages to read of a list (default: 3)')
    .option(
      '--report <form>',
      'text, github, or with =file: text, json, junit, sarif, html, markdown, ctrf; repeatable',
      gather,
    )
    .option(
      '--min-coverage <figures>',
      'operations=100,fields=80: percent to reach of operations, parameters, statuses, fields, words, laws',
    )
    .option('--update-overlay <file>', 'write what answers have and the document lacks as an OpenAPI Overlay')
  withManners(
    withDocument(
      command,
      'an OpenAPI document of your own instead',
      'what its parts mean, after what is built in; repeatable (default: overlay.yaml beside the document)',
    ),
  ).action(async (api: string | undefined, flags: CheckFlags) =>
    done(await (await import('../check.ts')).checkCommand(api, flags)),
  )
}
