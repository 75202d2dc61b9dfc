import type { Command } from 'commander'
import type { FuzzFlags } from '../fuzz.ts'
import { apiFolders } from '../package.ts'
import { preset, withDocument, withManners, withReach } from './options.ts'

/** Adds `fuzz` to a command line. */
export function fuzzIn(program: Command, done: (code: number) => void): void {
  const command = program
    .command('fuzz')
    .summary('send an API requests drawn from its document, good and bad')
    .description(
      'Draws requests from the document, valid ones and ones with a flaw, and shrinks what fails: no 5xx, what is valid is accepted, what is not is refused, answers conform and add up, what was created can be read back. Needs fast-check.',
    )
    .argument('[api]', apiFolders().join(', '))
    .option('-u, --url <base>', 'where it answers; the paths of the document follow')
  withReach(command)
    .addOption(preset('-n, --runs <number>', 'requests to draw, about', '200'))
    .option('-s, --seed <number>', 'same seed, same requests (default: another each time; it is printed)')
    .option('--operation <id>', 'only this operation')
    .option('--kind <name>', 'only valid, invalid, or sequence')
    .option('--path <path>', 'begin at a failure, as it was printed')
    .option('--allow-writes', 'also what changes something, alone and in sequences')
    .option('--json <file>', 'write what was found there, too')
  withManners(
    withDocument(
      command,
      'an OpenAPI document of your own instead',
      'what its parts mean, after what is built in; repeatable (default: overlay.yaml beside the document)',
    ),
  ).action(async (api: string | undefined, flags: FuzzFlags) =>
    done(await (await import('../fuzz.ts')).fuzzCommand(api, flags)),
  )
}
