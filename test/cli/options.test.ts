import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'
import { greatestSize, ledgerOf, tradeCodes, usualPace } from '../../factories/index.ts'
import { configFor } from '../../cli/config.ts'
import { commandNames } from '../../cli/options/kinds.ts'
import { ledgerOptionsOf } from '../../cli/options/invoices.ts'
import { readOptions } from '../../cli/options/read.ts'
import { reproductionCommand } from '../../cli/options/reproduce.ts'
import { options, optionsOf } from '../../cli/options/table.ts'
import { programOf } from '../../cli/program.ts'
import { coverageKinds } from '../../contracts/index.ts'
import { optionals } from '../../spec/index.ts'
import { newFolder } from './support/command.ts'
import { configSchema, optionsPage } from './support/option-pages.ts'

/** Returns what a written file says; with UPDATE_GOLDEN it is written first. */
function written(path: string, now: string): string {
  const file = new URL(`../../${path}`, import.meta.url)
  if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(file, now)
  return readFileSync(file, 'utf8')
}

describe('the table of options', () => {
  it.each(commandNames)('has each name and letter once for %s', (command) => {
    const entries = optionsOf(command)
    const names = entries.flatMap(({ name, short }) => [name, ...(short === undefined ? [] : [short])])
    expect(new Set(names).size).toBe(names.length)
  })

  it('has defaults that its own kinds read', () => {
    for (const command of commandNames) {
      const required = Object.fromEntries(
        optionsOf(command)
          .filter(({ isRequired }) => isRequired)
          .map(({ name, kind }) => [name, kind.is === 'address' ? 'http://a.test' : 'x']),
      )
      expect(() => readOptions(command, required as never)).not.toThrow()
    }
  })

  it('knows the words and bounds of the rooms that it does not load', () => {
    const kindOf = (name: string, command: string): object =>
      options.find((entry) => entry.name === name && (entry.commands as readonly string[]).includes(command))?.kind ??
      expect.fail(name)
    expect(kindOf('min-coverage', 'check')).toMatchObject({ words: coverageKinds })
    expect(kindOf('optional', 'serve')).toMatchObject({ words: optionals })
    expect(kindOf('invoices', 'seed')).toMatchObject({ most: greatestSize })
  })

  it('is what the page of options says', () => {
    expect(written('docs/options.md', optionsPage())).toBe(optionsPage())
  })

  it('is what the schema of the configuration file says', () => {
    const text = `${JSON.stringify(configSchema(), null, 2)}\n`
    expect(written('config.schema.json', text)).toBe(text)
  })
})

describe('the schema of the configuration file', () => {
  const folder = newFolder()
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const fits = new Ajv2020({ strict: true }).compile(configSchema())
  const configurationIn = (page: string): unknown =>
    JSON.parse(/```json\n(\{\n {2}"\$schema"[^]*?)```/.exec(page)?.[1] ?? '') as unknown

  it('takes the example of the manual, as the command does', async () => {
    const example = configurationIn(readFileSync(new URL('../../docs/ci.md', import.meta.url), 'utf8'))
    expect([fits(example), fits.errors]).toEqual([true, null])
    writeFileSync(join(folder, 'proforma.config.json'), JSON.stringify(example))
    expect(await configFor('invoices', join(folder, 'proforma.config.json'))).toMatchObject({ tolerance: 1 })
  })

  it.each([
    { api: {} },
    { apis: { a: { tolerence: 1 } } },
    { apis: { a: { tolerance: -1 } } },
    { apis: { a: { timeout: '5' } } },
    { apis: { a: { laws: { 'PF-DATES': 'warning' } } } },
    { apis: { a: { minCoverage: { fields: 101 } } } },
    { apis: { a: { ids: [1] } } },
  ])('refuses %j, as the command does', async (config) => {
    expect(fits(config)).toBe(false)
    const file = join(folder, 'proforma.config.json')
    writeFileSync(file, JSON.stringify(config))
    await expect(configFor('a', file)).rejects.toThrow(/^Failed to read .*: expected/)
  })
})

describe('the option trade', () => {
  it('names every trade of a ledger, and states it', () => {
    for (const command of ['serve', 'seed', 'export-examples'] as const)
      expect(optionsOf(command).find(({ name }) => name === 'trade')?.kind).toMatchObject({ words: tradeCodes })
    const ledger = ledgerOf(ledgerOptionsOf(readOptions('seed', { to: '-', trade: 'food', today: '2026-01-15' })))
    expect(ledger.book.trade).toBe('food')
    expect(ledger.seller.industry).toBe(ledgerOf({ today: 20_468, seed: 7, trade: 'food' }).seller.industry)
  })
})

describe('options are read', () => {
  it('into values, defaults filled in, and what has none left out', () => {
    expect(readOptions('seed', { to: '-', invoices: '7', today: '2026-01-15' })).toEqual({
      allowRemote: false,
      to: '-',
      infer: true,
      invoices: 7,
      seed: 42,
      today: expect.any(Number),
      firstYear: usualPace.perYear,
      growth: usualPace.growth,
      season: usualPace.season,
      force: false,
      money: 'decimal',
      concurrency: 4,
      retries: 8,
      dryRun: false,
      truncate: false,
      verify: false,
      clean: false,
      yes: false,
      progress: 'auto',
    })
    expect(readOptions('serve', { watch: false, cluster: true, scenario: ['empty', 'slow'] })).toMatchObject({
      watch: false,
      cluster: true,
      scenario: ['empty', 'slow'],
      allowRemoteWebhooks: false,
    })
  })

  it('from the configuration where the command line does not say them', () => {
    const config = { tolerance: 2, rate: '30/m', ids: ['a', 'b'], minCoverage: { fields: 80 } }
    expect(readOptions('check', { tolerance: '0' }, config)).toMatchObject({
      tolerance: 0,
      rate: 0.5,
      id: ['a', 'b'],
      minCoverage: { fields: 80 },
    })
    expect(() => readOptions('check', {}, { today: 'soon' })).toThrow(
      'Failed to read today of the configuration: expected now, or a day like 2026-01-15 but received "soon".',
    )
  })

  it('from an environment variable where there is one, which counts as not set while it is empty', () => {
    const before = process.env.PROFORMA_STATE
    try {
      process.env.PROFORMA_STATE = 'from-environment.db'
      expect(readOptions('serve', {}).state).toBe('from-environment.db')
      expect(readOptions('serve', { state: 'stated.db' }).state).toBe('stated.db')
      process.env.PROFORMA_STATE = ''
      expect(readOptions('serve', {}).state).toBeUndefined()
    } finally {
      if (before === undefined) delete process.env.PROFORMA_STATE
      else process.env.PROFORMA_STATE = before
    }
  })
})

/** Every option of every command that takes a value. */
const valued = commandNames.flatMap((command) =>
  optionsOf(command)
    .filter(({ kind, isVariadic }) => kind.is !== 'switch' && !isVariadic)
    .map(({ name }) => [command, name] as const),
)

it.each(valued)('%s refuses an empty --%s before it does anything', async (command, name) => {
  const required = optionsOf(command).flatMap(({ name: other, kind, isRequired }) =>
    isRequired && other !== name ? [`--${other}`, kind.is === 'address' ? 'http://a.test' : 'x'] : [],
  )
  const positional = command === 'diff' ? ['old', 'new'] : command === 'init' ? ['public'] : ['stuut']
  const program = programOf(() => undefined)
  await expect(
    program.parseAsync([command, ...positional, ...required, `--${name}`, ''], { from: 'user' }),
  ).rejects.toThrow(new RegExp(`^Failed to read --${name}: expected .* but received an empty text`))
})

it.each([
  ['init', 'public', '--api', ''],
  ['serve', ''],
  ['check', '', '--url', 'http://a.test'],
  ['diff', '', 'new.yaml'],
])('%s %s %s %s is refused for its empty text', async (...args) => {
  await expect(
    programOf(() => undefined).parseAsync(
      args.filter((word) => word !== undefined),
      { from: 'user' },
    ),
  ).rejects.toThrow(/^Failed to /)
})

describe('the command that repeats a failure', () => {
  it('has every option that was stated but those of the run itself, credentials masked', () => {
    const flags = {
      url: 'http://x:y@a.test',
      runs: '5',
      path: '0:1',
      header: ['Authorization: Bearer secret'],
      param: ['api_key=secret', 'account=a b'],
      timeout: '5',
      strict: true,
      today: '2026-01-15',
    }
    expect(reproductionCommand('stuut', flags, 'http://a.test', new Set(['api_key']))).toBe(
      "proforma fuzz stuut --url http://a.test -H 'Authorization: ***' --param 'api_key=***' --param 'account=a b' --today 2026-01-15 --strict --timeout 5",
    )
  })
})
