// Declares all commands with their arguments and help.

import { Command, Option } from 'commander'
import { commandNames } from './options/kinds.ts'
import type { CommandName, CommandOption as Entry } from './options/kinds.ts'
import { optionHelp, optionsOf, optionSyntax } from './options/table.ts'
import { apiFolders, version } from './package.ts'
import { usageError } from './usage-error.ts'

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
    done(await (await load())(...(pathsAsDocuments(takes[0]?.[0], given) as never[]))),
  )
}

/** Defaults are filled in when options are read: environment and configuration come before them. */
function optionFor(entry: Entry): Option {
  const option = new Option(optionSyntax(entry), optionHelp(entry)).makeOptionMandatory(entry.isRequired === true)
  if (entry.isRepeatable) option.argParser(gather)
  return option
}

const gather = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value]

/** A command: what help says of it, and what it does. */
interface CommandEntry {
  readonly summary: string
  readonly says: string
  /** `[api]`, and what help says of it; the names of the APIs unless given. */
  readonly takes: readonly (readonly [syntax: string, says?: string])[]
  /** Loaded when it is asked for, so that help is quick. Takes the arguments, then the options as {@link Flags}; returns the exit code. */
  readonly load: () => Promise<(...args: never[]) => Promise<number>>
}

export const commands: Readonly<Record<CommandName, CommandEntry>> = {
  serve: {
    summary: 'serve mocked APIs',
    says: 'Serves mocked APIs, each under its own name; without names, all of them. They share one set of books and tell the same story.',
    takes: [['[apis...]']],
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  check: {
    summary: 'check an API against its document and the laws of invoices',
    says: 'Asks an API for what its document offers, and checks the answers against the document and the laws of invoices. Only reads, unless told otherwise. With --har or --bodies it sends nothing, and checks what was recorded.',
    takes: [['[api]']],
    load: async () => (await import('./check.ts')).checkCommand,
  },
  proxy: {
    summary: 'pass requests on, and check both directions against the contract',
    says: 'Passes requests on to an API and its answers back, and prints what breaks the contract as it passes. Answers are not held up; X-Proforma-Violations counts what is known when they begin, and with --wait everything.',
    takes: [['[api]']],
    load: async () => (await import('./proxy.ts')).proxyCommand,
  },
  fuzz: {
    summary: 'send an API requests drawn from its document, good and bad',
    says: 'Draws requests from the document, valid ones and ones with a flaw, and shrinks what fails: no 5xx, what is valid is accepted, what is not is refused, answers conform and add up, what was created can be read back. Needs fast-check.',
    takes: [['[api]']],
    load: async () => (await import('./fuzz.ts')).fuzzCommand,
  },
  diff: {
    summary: 'tell what a new version of a document breaks',
    says: 'Compares two OpenAPI documents: what breaks those who use the API, what may, what does not, and which roles and laws are lost. Ends with 1 where something breaks.',
    takes: [
      ['<old>', 'the document as it was'],
      ['<new>', 'the document as it is'],
    ],
    load: async () => (await import('./diff.ts')).diffCommand,
  },
  validator: {
    summary: 'write a validator of an API for browsers',
    says: 'Writes one JavaScript module that tells whether JSON has the form its schema documents, every format in full. It needs no package, and a content security policy without unsafe-eval lets it run.',
    takes: [['[api]']],
    load: async () => (await import('./validator.ts')).validatorCommand,
  },
  seed: {
    summary: 'fill files, databases and APIs with invoices',
    says: 'Fills files, databases and real APIs with invoices: in the form the API gives them, or as tables of the books behind them. Same seed and day, same rows; the same command goes on where it was interrupted, and on a later day the data grows older.',
    takes: [['[api]']],
    load: async () => (await import('./seed/seed-command.ts')).seedCommand,
  },
  report: {
    summary: 'tell what is in a demo: by status, month, currency, customer, age',
    says: 'Tells what invoices a file or database has: how many and how much by status, month, currency and customer, and what is owed by age. Objects of an API are read by their roles, so that it is named, too; tables of the books need none.',
    takes: [['[api]']],
    load: async () => (await import('./seed/report-command.ts')).reportCommand,
  },
  mask: {
    summary: 'turn a real export into demo data that tells of nobody',
    says: 'Replaces people, companies, numbers, addresses and free text of a file of JSON by made-up ones, the same by the same; sums, dates and words of closed sets stay, and keys still lead where they led. Says what became of every place; what it cannot classify is scrambled, and listed. An API or document says what its objects mean.',
    takes: [['<file>', 'the export: .ndjson or .json (and .gz or .zst), or - for NDJSON on standard input'], ['[api]']],
    load: async () => (await import('./seed/mask-command.ts')).maskCommand,
  },
  lint: {
    summary: 'list what is wrong with a document',
    says: 'Lists every mistake of a document with its file, line and pointer: what cannot be read, what leads nowhere, and the operations that are left out for it. Ends with 1 where there is one.',
    takes: [['[api]']],
    load: async () => (await import('./lint.ts')).lintCommand,
  },
  roles: {
    summary: 'list what parts of a document can mean, or do mean',
    says: 'Lists the roles that an overlay can bind; with an API, those it binds and where.',
    takes: [['[api]']],
    load: async () => (await import('./roles.ts')).rolesCommand,
  },
  resources: {
    summary: 'list the resources of a document: collections, items, actions, keys',
    says: 'Lists what a document lets clients list, read and change: each resource with its operations, identity, pages and keys of others, and the operations that belong to none.',
    takes: [['[api]']],
    load: async () => (await import('./resources.ts')).resourcesCommand,
  },
  init: {
    summary: 'put mocks for the browser into a project',
    says: "Copies MSW's service worker into the folder of static files, writes a mocks file, and says what to add where. Knows Vite and Next; overwrites nothing.",
    takes: [['<folder>', 'the folder of static files: public, in most projects']],
    load: async () => (await import('./init.ts')).initCommand,
  },
  'export-examples': {
    summary: 'write a document with examples, for Prism, Swagger UI, Redoc and others',
    says: 'Writes the document of an API with named examples that add up: overdue, paid, partially-paid, empty, ... Same seed and day, same bytes.',
    takes: [['[api]']],
    load: async () => (await import('./export-examples.ts')).exportExamplesCommand,
  },
}

/** Tells whether an argument is a document and no name of an API: it has a slash or an extension, or is `-`, standard input. */
const isPath = (text: string): boolean => text === '-' || /[/\\]|\.\w*$/.test(text)

/**
 * Returns the arguments of a command in which a document that is named in the place of an API is what `--document` says.
 * @throws UsageError for a document that is named twice.
 */
function pathsAsDocuments(syntax: string | undefined, given: readonly unknown[]): readonly unknown[] {
  const [named, flags, ...rest] = given as [unknown, Readonly<Record<string, unknown>>, ...unknown[]]
  if (syntax === '[apis...]') {
    const names = named as readonly string[]
    const paths = names.filter(isPath)
    const stated = (flags.document ?? []) as readonly string[]
    return paths.length === 0
      ? given
      : [names.filter((name) => !isPath(name)), { ...flags, document: [...paths, ...stated] }, ...rest]
  }
  if (syntax !== '[api]' || typeof named !== 'string' || !isPath(named)) return given
  if (flags.document !== undefined)
    throw usageError('the command line', { expected: 'one document', received: `${named} and --document` })
  return [undefined, { ...flags, document: named }, ...rest]
}
