import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { recordedIn } from '../../cli/check/recordings.ts'
import { settingsFor } from '../../cli/check/settings.ts'
import { configFor } from '../../cli/config.ts'
import type { Flags } from '../../cli/options/table.ts'
import { builtIn } from '../../spec/index.ts'
import { newFolder, run, start } from './support/command.ts'
import type { Finished, RunOptions, Running } from './support/command.ts'
import { runHere } from './support/run-here.ts'

type Json = Record<string, any>

const folder = newFolder()
const file = (name: string): string => join(folder, name)
const secret = 'sk_live_very_secret'
const day = ['--today', '2026-01-15']

let mocks: Running
let page: Json
beforeAll(async () => {
  mocks = await start(['truto', ...day, '--invoices', '60'])
  page = (await (
    await fetch(
      `${mocks.url}/truto/unified/accounting/invoices?integrated_account_id=4f3c1a52-8b1e-4a7d-9c55-0d2f6b7a8e91`,
      { headers: { authorization: `Bearer ${secret}` } },
    )
  ).json()) as Json
  mkdirSync(file('bodies'))
  const spoilt = structuredClone(page)
  for (const invoice of spoilt.result) Object.assign(invoice, { memo_of_ours: '2026-01-15', number: 5 })
  writeFileSync(file('bodies/page.json'), JSON.stringify(spoilt))
  writeFileSync(file('good.json'), JSON.stringify(page))
})
afterAll(async () => {
  await mocks.stop()
  rmSync(folder, { recursive: true, force: true })
})

const inFolder: RunOptions = { cwd: folder, env: { GITHUB_STEP_SUMMARY: file('summary.md'), TRUTO_TOKEN: secret } }
const check = (...args: string[]): Promise<Finished> => runHere(['check', 'truto', ...day, ...args], inFolder)

describe('check --bodies', () => {
  it('needs no server, and writes every form of report from one run', async () => {
    const forms = ['json', 'junit', 'sarif', 'html', 'markdown', 'ctrf', 'text', 'github']
    const reports = ['github', ...forms.map((form) => `${form}=report.${form}`)].flatMap((report) => [
      '--report',
      report,
    ])
    const { code, stdout, stderr } = await run(['check', 'truto', ...day, '--bodies', 'bodies', ...reports], inFolder)
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toContain('OAS-SCHEMA')
    expect(stdout).toMatch(/\n::error file=\S*openapi\.yaml,line=\d+,col=\d+,title=OAS-SCHEMA /)
    expect(readFileSync(file('summary.md'), 'utf8')).toMatch(/^## ❌ /)
    expect(JSON.parse(readFileSync(file('report.sarif'), 'utf8')).runs[0].results.length).toBeGreaterThan(0)
    const { summary } = JSON.parse(readFileSync(file('report.ctrf'), 'utf8')).results as Json
    expect(summary.stop).toBeGreaterThanOrEqual(summary.start)
    for (const form of forms) expect(readFileSync(file(`report.${form}`), 'utf8').length, form).toBeGreaterThan(100)
  })

  it('learns what the document lacks, and knows it the next time', async () => {
    const { stdout } = await check('--bodies', 'bodies', '--update-overlay', 'learnt.yaml')
    expect(stdout).toMatch(/\nWrote \d+ actions? into learnt\.yaml: say --overlay learnt\.yaml to check with them\.\n$/)
    const learnt = parse(readFileSync(file('learnt.yaml'), 'utf8')) as Json
    expect(learnt.overlay).toBe('1.0.0')
    expect(learnt.actions).toContainEqual({
      target: expect.any(String),
      update: { properties: { memo_of_ours: { type: 'string', format: 'date', description: 'Seen in answers.' } } },
    })
    const before = `# ours\n${readFileSync(file('learnt.yaml'), 'utf8')}`
    writeFileSync(file('learnt.yaml'), before)
    expect((await check('--bodies', 'bodies', '--update-overlay', 'learnt.yaml')).stdout).toMatch(
      /\nNothing to add to learnt\.yaml\.\n$/,
    )
    const known = await check('--bodies', 'bodies', '--overlay', 'learnt.yaml')
    expect(known.stdout).toContain('BR-CO-10')
    expect(known.stdout).not.toContain('memo_of_ours')
    expect(readFileSync(file('learnt.yaml'), 'utf8')).toBe(before)
    writeFileSync(file('other.yaml'), 'a: 1\n')
    expect(await check('--bodies', 'good.json', '--update-overlay', 'other.yaml')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Failed to update other\.yaml: expected an OpenAPI Overlay/),
    })
  })

  it('takes undocumented fields for violations where told so', async () => {
    const { result } = page
    writeFileSync(
      file('memo.json'),
      JSON.stringify({ ...page, result: result.map((invoice: Json) => ({ ...invoice, memo_of_ours: 1 })) }),
    )
    expect((await check('--bodies', 'memo.json')).code).toBe(0)
    const { code, stdout } = await check('--bodies', 'memo.json', '--strict')
    expect(code).toBe(1)
    expect(stdout).toContain('OAS-FIELD  every field is documented')
  })
})

describe('check --har', () => {
  it('reads what a browser recorded', async () => {
    const entry = {
      request: {
        method: 'GET',
        url: 'https://api.truto.example/unified/accounting/invoices',
        headers: [{ name: 'authorization', value: `Bearer ${secret}` }],
      },
      response: { status: 200, headers: [], content: { mimeType: 'application/json', text: JSON.stringify(page) } },
    }
    writeFileSync(file('a.har'), JSON.stringify({ log: { entries: [entry] } }))
    const { code, stdout, stderr } = await check('--har', 'a.har')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/\nNo violations in 1 request, [1-9]\d* invoices seen\.\n$/)
  })
})

describe('check --min-coverage', () => {
  it('fails with a sentence where too little was exercised', async () => {
    expect(await check('--bodies', 'good.json', '--min-coverage', 'fields=1,operations=100')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Coverage of operations is [\d.]+ % \(1 of \d+\): expected at least 100 %\.\n$/),
    })
    expect(await check('--bodies', 'good.json', '--min-coverage', 'fields=1')).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('check --max-bytes', () => {
  it('reads no further, and says so', async () => {
    const { code, stdout, stderr } = await check(
      '--url',
      `${mocks.url}/truto`,
      '-H',
      `Authorization: Bearer ${secret}`,
      '--max-pages',
      '1',
      '--max-bytes',
      '2000',
    )
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toContain('expected a whole body of UTF-8 but received more than 2000 bytes')
  })
})

describe('credentials', () => {
  it('come from the environment or a file, and are printed nowhere', async () => {
    writeFileSync(file('headers.txt'), `# ours\nAuthorization: Bearer ${secret}\n`)
    for (const option of [
      ['--header-env', 'Authorization=TRUTO_HEADER'],
      ['--header-file', 'headers.txt'],
    ]) {
      const { code, stdout, stderr } = await runHere(
        [
          'check',
          'truto',
          ...day,
          '--url',
          `${mocks.url}/truto`,
          '--max-pages',
          '1',
          '--report',
          'json=creds.json',
          ...option,
        ],
        { cwd: folder, env: { TRUTO_HEADER: `Bearer ${secret}` } },
      )
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout + readFileSync(file('creds.json'), 'utf8')).not.toContain(secret)
    }
  })

  it('that are missing are an error without a guess', async () => {
    expect(await check('--url', mocks.url, '--header-env', 'Authorization=NOT_SET')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^Failed to read header Authorization: expected the environment variable NOT_SET but received none of that name\./,
      ),
    })
  })
})

describe('a configuration file', () => {
  const configure = (config: unknown, name = 'proforma.config.json'): void =>
    writeFileSync(file(name), typeof config === 'string' ? config : JSON.stringify(config))
  const forget = (): void => {
    for (const name of ['proforma.config.json', 'proforma.config.mjs']) if (existsSync(file(name))) rmSync(file(name))
  }

  it('says for each API where it answers, with what, and what the laws weigh', async () => {
    configure({
      apis: {
        truto: {
          url: `${mocks.url}/truto`,
          headers: { Authorization: 'Bearer env:TRUTO_TOKEN' },
          maxPages: 1,
          minCoverage: { operations: 1 },
        },
      },
    })
    expect(await check()).toMatchObject({ code: 0, stderr: '' })
    configure({ apis: { truto: { laws: { 'OAS-SCHEMA': 'warn' } } } })
    const { code, stdout } = await check('--bodies', 'bodies')
    expect(code).toBe(0)
    expect(stdout).toMatch(/\nwarning OAS-SCHEMA  [\s\S]*\nNo violations, \d+ warnings in 1 request/)
    forget()
  })

  it('may be a module', async () => {
    configure("export default { apis: { truto: { laws: { 'OAS-SCHEMA': 'off' } } } }", 'proforma.config.mjs')
    expect((await run(['check', 'truto', ...day, '--bodies', 'bodies'], inFolder)).code).toBe(0)
    forget()
  })

  it.each<[unknown, string]>([
    [{ api: {} }, 'expected keys that exist but received "api". Did you mean "apis"?'],
    [
      { apis: { truto: { tolerence: 1 } } },
      'expected keys that exist at apis.truto but received "tolerence". Did you mean "tolerance"?',
    ],
    [
      { apis: { truto: { tolerance: '1' } } },
      'expected a whole number from 0 to 1000000 at apis.truto.tolerance but received "1".',
    ],
    [
      { apis: { truto: { laws: { 'PF-DATES': 'warning' } } } },
      'expected off, warn or error by code at apis.truto.laws but received {"PF-DATES":"warning"}.',
    ],
    [
      { apis: { truto: { headers: { a: 1 } } } },
      'expected texts by name at apis.truto.headers but received something else.',
    ],
    ['{', 'expected a readable JSON file but received'],
    [[], 'expected an object but received [].'],
  ])('that says %j is refused', async (config, message) => {
    configure(config, 'refused.json')
    await expect(configFor('truto', file('refused.json'))).rejects.toThrow(
      `Failed to read ${file('refused.json')}: ${message}`,
    )
  })

  it.each<[object, string]>([
    [
      { apis: { trutoo: { tolerance: 1 }, stuut: {} } },
      'proforma.config.json says nothing of "truto". Did you mean "trutoo"?\n',
    ],
    [
      { apis: { nuntiq: {}, customeros: {} } },
      'proforma.config.json says nothing of "truto". Known are: nuntiq, customeros.\n',
    ],
    [{ apis: {} }, ''],
    [{}, ''],
  ])('that says %j is passed over aloud only where it names other APIs', async (config, said) => {
    configure(config)
    expect(await check('--bodies', 'good.json')).toMatchObject({ code: 0, stderr: said })
    forget()
  })

  it('that weighs an unknown law is refused', async () => {
    configure({ apis: { truto: { laws: { 'PF-DATE': 'off' } } } })
    expect(await check('--bodies', 'good.json')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('received "PF-DATE". Did you mean "PF-DATES"?'),
    })
    forget()
  })
})

describe('the command line', () => {
  const settings = (flags: Flags<'check'>): unknown =>
    settingsFor(builtIn('truto'), flags, { rate: '30/m', tolerance: 1, timeout: 5, mode: 'strict' })

  it.each<[Flags<'check'>, string]>([
    [{ har: 'a.har', url: 'http://a.test' }, 'expected one of --url, --har and --bodies but received --url and --har'],
    [{ strict: true, lenient: true }, 'expected --strict or --lenient but received both'],
    [{ rate: 'fast' }, 'Failed to read --rate: expected a rate like 5/s or 100/m but received "fast"'],
    [{ maxBytes: '0' }, 'Failed to read --max-bytes: expected a whole number from 1 to 256000000 but received "0"'],
    [{ minCoverage: 'field=80' }, 'received "field". Did you mean "fields"?'],
    [{ minCoverage: 'fields=101' }, 'expected a percentage from 0 to 100 but received "101"'],
    [{ headerFile: ['nowhere'] }, "Failed to read nowhere: expected a file of lines 'Name: value' but received ENOENT"],
  ])('with %j is refused', (flags, message) => {
    expect(() => settings(flags)).toThrow(message)
  })

  it('wins over the configuration', () => {
    expect(settings({ today: '2026-01-15' })).toMatchObject({
      options: {
        rate: 0.5,
        tolerance: 1,
        timeout: 5000,
        mode: 'strict',
        retries: 2,
        maxPages: 3,
        maxBytes: 20_000_000,
      },
    })
    expect(settingsFor(builtIn('truto'), { maxBytes: '5' }, { maxBytes: 6 })).toMatchObject({
      options: { maxBytes: 5 },
    })
    expect(settingsFor(builtIn('truto'), {}, { maxBytes: 6 })).toMatchObject({ options: { maxBytes: 6 } })
    expect(
      settings({ today: '2026-01-15', rate: '5', tolerance: '0', timeout: '9', lenient: true, retries: '0' }),
    ).toMatchObject({ options: { rate: 5, tolerance: 0, timeout: 9000, mode: 'lenient', retries: 0 } })
  })

  it('that names files which are not there is refused', () => {
    expect(() => recordedIn(builtIn('truto'), { form: 'har', path: 'nowhere.har' })).toThrow(
      'Failed to read nowhere.har: expected a readable file but received ENOENT',
    )
    expect(() => recordedIn(builtIn('truto'), { form: 'bodies', path: 'nowhere' })).toThrow(
      'Failed to read nowhere: expected a readable file but received ENOENT',
    )
    mkdirSync(file('empty'), { recursive: true })
    expect(() => recordedIn(builtIn('truto'), { form: 'bodies', path: file('empty') })).toThrow(
      'expected JSON files but received none. Name them after the operationId',
    )
  })
})
