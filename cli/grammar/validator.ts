import { Option } from 'commander'
import type { Command } from 'commander'
import { apiFolders } from '../package.ts'
import type { ValidatorFlags } from '../validator.ts'

/** Adds `validator` to a command line. */
export function validatorIn(program: Command, done: (code: number) => void): void {
  program.command('validator')
    .summary('write a validator of an API for browsers')
    .description('Writes one JavaScript module that tells whether JSON has the form its schema documents, every format in full. It needs no package, and a content security policy without unsafe-eval lets it run.')
    .argument('[api]', apiFolders().join(', '))
    .addOption(new Option('-o, --to <file>', 'a file, or - for standard output').default('-', '-'))
    .option('--lenient', 'let fields pass that the document forbids')
    .option('-f, --force', 'replace a file that exists')
    .option('--document <file>', 'an OpenAPI document of your own instead')
    .option('--overlay <file>', 'what its parts mean; repeatable (default: overlay.yaml beside it)', (value: string, before: readonly string[] | undefined) => [...(before ?? []), value])
    .action(async (api: string | undefined, flags: ValidatorFlags) => done(await (await import('../validator.ts')).validatorCommand(api, flags)))
}
