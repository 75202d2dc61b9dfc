import { commands } from '../../../cli/program.ts'
import { configForms } from '../../../cli/config.ts'
import { commandNames } from '../../../cli/options/kinds.ts'
import type { CommandName, CommandOption } from '../../../cli/options/kinds.ts'
import { describeKind } from '../../../cli/options/read.ts'
import type { Flags } from '../../../cli/options/table.ts'
import type { mock } from '../../../index.ts'
import { standingDay } from '../../../mocks/index.ts'
import { configKeyOf, optionsOf, optionSyntax } from '../../../cli/options/table.ts'

/** Returns the page of all options of all commands, as Markdown. */
export function optionsPage(): string {
  const sections = commandNames.map((name) => {
    const usage = ['proforma', name, ...commands[name].takes.map(([syntax]) => syntax)].join(' ')
    return `## ${name}\n\n\`${usage}\`: ${commands[name].summary}.\n\n${tableFor(name)}\n`
  })
  return `# Options

Written from \`cli/options/\`: change an option there, then run \`UPDATE_GOLDEN=1 npx vitest run test/cli/options.test.ts\`.

What the command line says wins over the environment variable, that over the configuration file ([ci.md](ci.md#configuration)), and
that over the default. An empty text is refused: it is what a shell leaves of a variable that is not set.

${sections.join('\n')}
## mock(api, options)

\`mock('stuut', { seed: 42, maxWorlds: 100 })\`, in a page or a test, takes these of \`serve\`, by the same names and with the same defaults, but
for \`today\`, which is ${standingDay}, and stands still:
${Object.keys(shared)
  .map((key) => `\`${key}\``)
  .join(', ')}.
`
}

type OfServe = keyof Flags<'serve'>
type OfMock = keyof NonNullable<Parameters<typeof mock>[1]>

/** What a mock takes as `serve` does; the compiler knows whether one is missing. Its `log` is another: what happened, not what was asked. */
const shared: Readonly<Record<Exclude<OfServe & OfMock, 'log'>, true>> = {
  auth: true,
  seed: true,
  invoices: true,
  today: true,
  epoch: true,
  mix: true,
  seller: true,
  trade: true,
  scenario: true,
  optional: true,
  maxDepth: true,
  maxItems: true,
  maxWorlds: true,
  graphqlCost: true,
  examples: true,
}

function tableFor(name: CommandName): string {
  const rows = optionsOf(name).map((option) => [`\`${optionSyntax(option)}\``, meaningOf(option), defaultOf(option)])
  return [
    '| option | what it says | default |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')
}

function meaningOf(option: CommandOption): string {
  const { says, kind, isRepeatable, isRequired, env } = option
  const key = configKeyOf(option)
  const notes = [
    ...(isRequired ? ['required'] : []),
    ...(isRepeatable ? ['repeatable'] : []),
    ...(kind.is === 'integer' ? [describeKind(kind)] : []),
    ...(env === undefined ? [] : [`environment: \`${env}\``]),
    ...(key === undefined ? [] : [`configuration: \`${key}\``]),
  ]
  return `${says.replaceAll('|', '\\|')}${notes.length > 0 ? ` _(${notes.join('; ')})_` : ''}`
}

const defaultOf = ({ default: usual, otherwise }: CommandOption): string =>
  usual === undefined ? (otherwise ?? '') : `\`${usual}\``

/** Returns the JSON Schema of the configuration file, for editors. */
export const configSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Configuration of proforma',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    apis: {
      description: 'Settings by the name of an API',
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          Object.entries(configForms).map(([key, { says, schema }]) => [key, { description: says, ...schema }]),
        ),
      },
    },
  },
})
