import type { Command } from 'commander'
import { apiFolders } from '../package.ts'
import type { ValidatorFlags } from '../validator.ts'
import { preset, withDocument } from './options.ts'

/** Adds `validator` to a command line. */
export function validatorIn(program: Command, done: (code: number) => void): void {
  const command = program
    .command('validator')
    .summary('write a validator of an API for browsers')
    .description(
      'Writes one JavaScript module that tells whether JSON has the form its schema documents, every format in full. It needs no package, and a content security policy without unsafe-eval lets it run.',
    )
    .argument('[api]', apiFolders().join(', '))
    .addOption(preset('-o, --to <file>', 'a file, or - for standard output', '-'))
    .option('--lenient', 'let fields pass that the document forbids')
    .option('-f, --force', 'replace a file that exists')
  withDocument(command, 'an OpenAPI document of your own instead').action(
    async (api: string | undefined, flags: ValidatorFlags) =>
      done(await (await import('../validator.ts')).validatorCommand(api, flags)),
  )
}
