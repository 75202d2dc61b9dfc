import type { Command } from 'commander'
import type { FuzzFlags } from '../fuzz.ts'
import { apiFolders } from '../package.ts'
import { gather, maxBytes, preset, withDocument } from './options.ts'

/** Adds `fuzz` to a command line. */
export function fuzzIn(program: Command, done: (code: number) => void): void {
  const command = program.command('fuzz')
    .summary('send an API requests drawn from its document, good and bad')
    .description('Draws requests from the document, valid ones and ones with a flaw, and shrinks what fails: no 5xx, what is valid is accepted, what is not is refused, answers conform and add up, what was created can be read back. Needs fast-check.')
    .argument('[api]', apiFolders().join(', '))
    .option('-u, --url <base>', 'where it answers; the paths of the document follow')
    .option('-H, --header <header>', "'Name: value', sent with every request, never printed; repeatable", gather)
    .option('--header-env <pair>', "'Name=VARIABLE': a header whose value an environment variable holds; repeatable", gather)
    .option('--header-file <file>', "a file of lines 'Name: value'; repeatable", gather)
    .option('--param <pair>', 'name=value, sent wherever the document has the parameter; repeatable', gather)
    .option('--id <id>', 'an invoice to ask for, where the API has no list; repeatable', gather)
    .addOption(preset('-n, --runs <number>', 'requests to draw, about', '200'))
    .option('-s, --seed <number>', 'same seed, same requests (default: another each time; it is printed)')
    .option('--operation <id>', 'only this operation')
    .option('--kind <name>', 'only valid, invalid, or sequence')
    .option('--path <path>', 'begin at a failure, as it was printed')
    .option('--allow-writes', 'also what changes something, alone and in sequences')
    .option('--today <day>', 'the day it is there: now, or a day like 2026-01-15 (default: now)')
    .option('--tolerance <number>', 'minor units by which sums may differ (default: 0)')
    .option('--strict', 'fields that are not documented are violations')
    .option('--lenient', 'they pass even where the document forbids them')
    .option('--rate <rate>', 'requests at most: 5/s, 100/m')
    .option('--retries <number>', 'how often to ask again where the network fails or the server says later (default: 2)')
    .option('--timeout <seconds>', 'to wait for an answer (default: 30)')
    .addOption(maxBytes())
    .option('--json <file>', 'write what was found there, too')
    .option('--config <file>', 'what holds for each API (default: proforma.config.json, .js or .mjs here)')
  withDocument(command, 'an OpenAPI document of your own instead', 'what its parts mean, after what is built in; repeatable (default: overlay.yaml beside the document)').action(async (api: string | undefined, flags: FuzzFlags) => done(await (await import('../fuzz.ts')).fuzzCommand(api, flags)))
}
