import type { Command } from 'commander'
import { apiFolders } from '../package.ts'
import type { ProxyFlags } from '../proxy.ts'
import { maxBytes, preset, today, withDocument } from './options.ts'

/** Adds `proxy` to a command line. */
export function proxyIn(program: Command, done: (code: number) => void): void {
  const command = program
    .command('proxy')
    .summary('pass requests on, and hold both directions against the contract')
    .description(
      'Passes requests on to an API and its answers back, and prints what breaks the contract as it passes. Answers are not held up; X-Proforma-Violations counts what is known when they begin, and with --wait everything.',
    )
    .argument('[api]', apiFolders().join(', '))
    .requiredOption('-u, --url <upstream>', 'where the API answers; the paths of the document follow')
    .addOption(preset('-p, --port <number>', '0 takes any free one', '4020'))
    .addOption(preset('--host <name>', '0.0.0.0 listens on every interface', '127.0.0.1'))
    .option('--fail', 'answer 502 instead of what breaks the contract; says --wait, too')
    .option('--wait', 'hold each answer back until it has been looked at whole')
    .option(
      '--record <folder>',
      'keep every exchange there, people and secrets masked; for serve --replay and check --bodies',
    )
    .option('--salt <text>', 'makes masks differ from those of others')
    .addOption(today('the day it is there'))
    .addOption(preset('--tolerance <number>', 'minor units by which sums may differ', '0'))
    .addOption(preset('--timeout <seconds>', 'to wait for the upstream', '30'))
    .addOption(maxBytes())
  withDocument(command).action(async (api: string | undefined, flags: ProxyFlags) =>
    done(await (await import('../proxy.ts')).proxyCommand(api, flags)),
  )
}
