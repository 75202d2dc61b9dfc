import { Command, Option } from 'commander'
import { commands } from './commands.ts'
import { commandNames } from './options/kinds.ts'
import type { CommandName, Option as Entry } from './options/kinds.ts'
import { helpOf, optionsOf, syntaxOf } from './options/table.ts'
import { apiFolders, version } from './package.ts'
import { withPaths } from './paths.ts'

/**
 * Returns the command line's grammar: commands, arguments and options, all from their tables. What a command needs is loaded
 * when it runs, so that help is quick; `done` is told its exit code.
 */
export function programOf(done: (code: number) => void): Command {
  const program = new Command('proforma')
    .description('Invoice APIs to develop against: served, checked and seeded from an OpenAPI document and roles.')
    .version(version(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', examples(apiFolders()[0]))
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
  for (const name of commandNames) addCommand(program, name, done)
  return program
}

const examples = (api = 'api'): string => `
Examples:
  proforma serve
  proforma serve ./openapi.yaml
  proforma check ${api} --url http://127.0.0.1:4010/${api} --header 'Name: value'
  proforma seed ${api} --invoices 1000 --to invoices.ndjson`

function addCommand(program: Command, name: CommandName, done: (code: number) => void): void {
  const { summary, says, takes, load } = commands[name]
  const command = program.command(name).summary(summary).description(says)
  const apis = `${apiFolders().join(', ')}, or an OpenAPI document of your own: a path, - for standard input, a URL with --allow-remote`
  for (const [syntax, meaning = apis] of takes) command.argument(syntax, meaning)
  for (const entry of optionsOf(name)) command.addOption(optionFor(entry))
  command.action(async (...given: readonly unknown[]) =>
    done(await (await load())(...(withPaths(takes[0]?.[0], given) as never[]))),
  )
}

/** Defaults are filled in when options are read: environment and configuration come before them. */
function optionFor(entry: Entry): Option {
  const option = new Option(syntaxOf(entry), helpOf(entry)).makeOptionMandatory(entry.isRequired === true)
  if (entry.isRepeatable) option.argParser(gather)
  return option
}

const gather = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value]
