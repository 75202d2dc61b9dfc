import { Command } from 'commander'
import type { Option } from 'commander'
import { checkIn } from './grammar/check.ts'
import { exportExamplesIn } from './grammar/export-examples.ts'
import { initIn } from './grammar/init.ts'
import { diffIn } from './grammar/diff.ts'
import { fuzzIn } from './grammar/fuzz.ts'
import { gather, optional, preset, seed, today, withDocument } from './grammar/options.ts'
import { proxyIn } from './grammar/proxy.ts'
import { validatorIn } from './grammar/validator.ts'
import { apiFolders, version } from './package.ts'
import type { RolesFlags } from './roles.ts'
import type { SeedFlags } from './seed.ts'
import type { ServeFlags } from './serve.ts'

/**
 * Returns the command line's grammar: commands, arguments and options. What a command needs is loaded when it runs, so that help
 * is quick; `done` is told its exit code.
 */
export function programOf(done: Done): Command {
  const program = new Command('proforma')
    .description('Invoice APIs to develop against: served, checked and seeded from an OpenAPI document and roles.')
    .version(version(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', examples(apiFolders()[0]))
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
  serveIn(program, done)
  checkIn(program, done)
  proxyIn(program, done)
  fuzzIn(program, done)
  diffIn(program, done)
  validatorIn(program, done)
  seedIn(program, done)
  rolesIn(program, done)
  initIn(program, done)
  exportExamplesIn(program, done)
  return program
}

type Done = (code: number) => void

const examples = (api = 'api'): string => `
Examples:
  proforma serve
  proforma check ${api} --url http://127.0.0.1:4010/${api} --header 'Name: value'
  proforma seed ${api} --invoices 1000 --to invoices.ndjson`

const invoices = (usual: string): Option => preset('-n, --invoices <number>', 'how many', usual)

function serveIn(program: Command, done: Done): void {
  const command = program
    .command('serve')
    .summary('serve mocked APIs')
    .description(
      'Serves mocked APIs, each under its own name; without names, all of them. They share one set of books and tell the same story.',
    )
    .argument('[apis...]', apiFolders().join(', '))
    .addOption(preset('-p, --port <number>', '0 takes any free one', '4010'))
    .addOption(preset('--host <name>', '0.0.0.0 listens on every interface', '127.0.0.1'))
    .addOption(seed())
    .addOption(invoices('250'))
    .addOption(today('the day it is'))
    .addOption(preset('--engine <name>', 'native, or prism: the same answers, validated by Prism', 'native'))
    .addOption(optional())
    .option(
      '--scenario <name>',
      "a state to begin in: empty, overdue, partially-paid, slow, flaky, ..., or a file of one's own; repeatable",
      gather,
    )
    .option(
      '--state <place>',
      'where what happens is kept over a restart: a file, or redis://host:port for servers that answer as one',
    )
    .option(
      '--cluster [number]',
      'serve with so many processes that answer as one; as many as there are processors, unless told',
    )
    .option('--no-watch', 'do not read files again when they change')
    .option('--webhook-url <url>', 'where webhooks are called when something happens')
    .option('--webhook-secret <secret>', 'what they are signed with, or the header that proves them: Name: value')
    .option('--allow-remote-webhooks', 'call webhooks on other computers, too')
    .addOption(
      preset(
        '--graphql-cost <number>',
        'what a GraphQL document may cost: 1000000 is about a second of work',
        '1000000',
      ),
    )
    .option('--replay <folder>', 'answer what proxy --record kept there instead')
  withDocument(command).action(async (apis: string[], flags: ServeFlags) =>
    done(await (await import('./serve.ts')).serveCommand(apis, flags)),
  )
}

function seedIn(program: Command, done: Done): void {
  const command = program
    .command('seed')
    .summary('write invoices to a file')
    .description(
      'Writes invoices, in the form the API gives them, to a file or to standard output. Same seed and day, same bytes.',
    )
    .argument('[api]', apiFolders().join(', '))
    .requiredOption('-o, --to <file>', 'a file that ends in .ndjson or .json, or - for standard output')
    .addOption(invoices('1000'))
    .addOption(seed())
    .addOption(today('the day it is'))
    .addOption(optional())
    .option('--format <name>', 'ndjson or json, for a file named otherwise')
    .option('-f, --force', 'replace a file that exists')
  withDocument(command).action(async (api: string | undefined, flags: SeedFlags) =>
    done(await (await import('./seed.ts')).seedCommand(api, flags)),
  )
}

function rolesIn(program: Command, done: Done): void {
  const command = program
    .command('roles')
    .summary('list what parts of a document can mean, or do mean')
    .description('Lists the roles that an overlay can bind; with an API, those it binds and where.')
    .argument('[api]', apiFolders().join(', '))
  withDocument(command).action(async (api: string | undefined, flags: RolesFlags) =>
    done(await (await import('./roles.ts')).rolesCommand(api, flags)),
  )
}
