import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { initCommand } from '../../cli/init.ts'
import type { Flags } from '../../cli/options/table.ts'
import { writeFiles } from '../../cli/init/write-all.ts'
import { run } from './support/command.ts'
import { runHere } from './support/run-here.ts'
import { manifest, projectWith } from './support/project.ts'

const shipped = new URL('../../node_modules/msw/lib/mockServiceWorker.js', import.meta.url)
const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8')

/** Returns what the command says; files are named from where tests run, so that part is cut off. */
async function init(root: string, folder: string, flags: Flags<'init'> = {}): Promise<string> {
  let said = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said += String(text)), true))
  await initCommand(join(root, folder), flags).finally(() => vi.restoreAllMocks())
  return said
}
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

describe('init in a Vite project', () => {
  const files = {
    'package.json': manifest('vite', 'msw', 'proforma'),
    'tsconfig.json': '{}',
    'index.html': '<script type="module" src="/src/main.tsx"></script>',
    'src/main.tsx': '',
    'public/favicon.ico': '',
  }

  it('copies the worker of the MSW that is installed', async () => {
    const root = projectWith(files)
    await init(root, 'public')
    expect(read(root, 'public/mockServiceWorker.js')).toBe(readFileSync(shipped, 'utf8'))
    expect(readdirSync(join(root, 'public')).toSorted()).toEqual(['favicon.ico', 'mockServiceWorker.js'])
  })

  it("writes a mocks file in the project's language, and says what to add where", async () => {
    const root = projectWith(files)
    const said = await init(root, 'public', { api: ['stuut'] })
    expect(read(root, 'src/mocks/browser.ts')).toBe(
      [
        '/// <reference types="vite/client" />',
        '',
        '/** Answers requests to stuut (https://api.stuut.ai) in development. Elsewhere it does nothing, and nothing of it is loaded. */',
        'export async function startMocks(): Promise<void> {',
        '  if (import.meta.env.DEV) {',
        '    const [{ setupWorker }, { mock }, { stuut }] = await Promise.all([',
        "      import('msw/browser'),",
        "      import('proforma'),",
        "      import('proforma/apis/stuut'),",
        '    ])',
        '    const stuutMock = mock(stuut, {',
        "      baseUrl: 'https://api.stuut.ai',",
        '      today: new Date(), // without it, the books stand still on 2026-01-15',
        '    })',
        '    const worker = setupWorker(...stuutMock.handlers)',
        "    await worker.start({ onUnhandledFrame: 'bypass', serviceWorker: { url: `${import.meta.env.BASE_URL}mockServiceWorker.js` } })",
        '  }',
        '}',
        '',
      ].join('\n'),
    )
    expect(said).toMatch(/^Wrote \S+public\/mockServiceWorker\.js\nWrote \S+src\/mocks\/browser\.ts\n/)
    expect(said).toMatch(
      /\nAdd to src\/main\.tsx, before anything is rendered:\n\n {4}import \{ startMocks \} from '\.\/mocks\/browser'\n\n {4}await startMocks\(\)\n/,
    )
    expect(said).toContain(
      'none of the page itself. Another one is said with --base-url:\n\n    stuut  https://api.stuut.ai\n',
    )
    expect(said).toMatch(
      /\nIt is the day of the browser there \(today in the mocks file\), as with proforma serve\.\n$/,
    )
  })

  it('mocks an API at the address that the page asks', async () => {
    for (const [baseUrl, written] of [
      ['https://staging.example/api/', 'https://staging.example/api'],
      ['/', '/'],
      ['/api', '/api'],
    ] as const) {
      const root = projectWith(files)
      const said = await init(root, 'public', { api: ['stuut'], baseUrl })
      expect(read(root, 'src/mocks/browser.ts')).toContain(`      baseUrl: '${written}',\n`)
      expect(said).toContain(`\n    stuut  ${written}\n`)
    }
  })

  it.each(['staging.example', '//staging.example', 'ftp://staging.example', 'https://a.example/?b', "/a'b c"])(
    'refuses %j for an address, and writes nothing',
    async (baseUrl) => {
      const root = projectWith(files)
      await expect(init(root, 'public', { api: ['stuut'], baseUrl })).rejects.toThrow(
        /--base-url: expected an address like/,
      )
      expect(readdirSync(join(root, 'public'))).toEqual(['favicon.ico'])
    },
  )

  it('gives several APIs one set of books, each at its own server', async () => {
    const root = projectWith({ ...files, 'tsconfig.json': '{}' })
    const said = await init(root, 'public', { api: ['stuut', 'truto', 'stuut'] })
    expect(said).toContain('\n    stuut  https://api.stuut.ai\n    truto  https://api.truto.one\n')
    const text = read(root, 'src/mocks/browser.ts')
    expect(text).toContain(
      "const stuutMock = mock(stuut, {\n      baseUrl: 'https://api.stuut.ai',\n      today: new Date(),",
    )
    expect(text).toContain(
      "const trutoMock = mock(truto, {\n      baseUrl: 'https://api.truto.one',\n      business: stuutMock.business,\n    })\n",
    )
    expect(text).toContain('setupWorker(...stuutMock.handlers, ...trutoMock.handlers)')
    await init(root, 'public', { api: ['stuut', 'truto'], baseUrl: 'http://localhost:4010', force: true })
    expect(read(root, 'src/mocks/browser.ts')).toContain("baseUrl: 'http://localhost:4010/truto',")
  })

  it('mocks every API where none is named, and writes JavaScript where TypeScript is not used', async () => {
    const root = projectWith({ 'vite.config.js': '', public: null, 'package.json': '{}' })
    const said = await init(root, 'public')
    expect(read(root, 'mocks/browser.js').match(/ mock\(/g)).toHaveLength(4)
    expect(read(root, 'mocks/browser.js')).not.toContain(': Promise<void>')
    expect(said).toContain('\nInstall:\n\n    npm install --save-dev proforma msw\n')
    expect(said).toContain(
      "Add to src/main.js, before anything is rendered:\n\n    import { startMocks } from '../mocks/browser'",
    )
  })
})

describe('init elsewhere', () => {
  it('in Next, starts before the page and lets its requests wait', async () => {
    const root = projectWith({
      'package.json': manifest('next', 'msw', 'proforma', 'typescript'),
      public: null,
      'src/app/page.tsx': '',
    })
    const said = await init(root, 'public', { api: ['stuut'] })
    const text = read(root, 'src/mocks/browser.ts')
    expect(text).toContain("if (process.env.NODE_ENV === 'development') {\n")
    expect(text).toContain(
      '    window.fetch = async (...request) => {\n      await ready\n      return fetch(...request)\n    }\n',
    )
    expect(said).toContain(
      "Add to src/instrumentation-client.ts, or create it:\n\n    import { startMocks } from './mocks/browser'\n\n    startMocks()\n",
    )
    expect(said).toContain('not what Next asks on the server')
  })

  it('in Next, answers what the page asked before the worker was there', async () => {
    const root = projectWith({
      'package.json': manifest('next'),
      public: null,
      'ready.mjs': 'export const told = []\nexport const started = Promise.withResolvers()',
      'msw.mjs':
        "import { started, told } from './ready.mjs'\nexport const setupWorker = (...handlers) => ({ start: (options) => (told.push(handlers, options), started.promise) })",
      'proforma.mjs': 'export const mock = ({ name }) => ({ handlers: [name] })',
      'stuut.mjs': "export const stuut = { name: 'stuut' }",
    })
    await init(root, 'public', { api: ['stuut'] })
    const text = read(root, 'mocks/browser.js')
      .replace('msw/browser', '../msw.mjs')
      .replace("'proforma'", "'../proforma.mjs'")
      .replace('proforma/apis/stuut', '../stuut.mjs')
    writeFileSync(join(root, 'mocks/browser.mjs'), text)
    const load = (path: string): Promise<Record<string, unknown>> =>
      import(/* @vite-ignore */ pathToFileURL(join(root, path)).href) as Promise<Record<string, unknown>>
    const [{ startMocks }, { told, started }] = (await Promise.all([load('mocks/browser.mjs'), load('ready.mjs')])) as [
      { startMocks: () => void },
      { told: unknown[]; started: { resolve: () => void } },
    ]
    const asked: string[] = []
    const page = { fetch: async (url: string) => void asked.push(url) }
    const before = page.fetch
    vi.stubGlobal('window', page)
    startMocks()
    expect([page.fetch, told]).toEqual([before, []])
    vi.stubEnv('NODE_ENV', 'development')
    startMocks()
    const answer = page.fetch('/early')
    await expect.poll(() => told).toEqual([['stuut'], { onUnhandledFrame: 'bypass' }])
    expect(asked).toEqual([])
    started.resolve()
    await answer
    expect(asked).toEqual(['/early'])
  })

  it('in a plain project, gives a script tag', async () => {
    const root = projectWith({
      'package.json': manifest('msw', 'proforma'),
      'index.html': '<script type="module" src="./app.js"></script>',
      static: null,
    })
    const said = await init(root, 'static', { api: ['truto'] })
    expect(read(root, 'mocks/browser.js')).toContain(
      "if (['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)) {\n",
    )
    expect(said).toContain(
      "instead of a script tag for app.js:\n\n    <script type=\"module\">\n      import { startMocks } from '/mocks/browser.js'\n\n      await startMocks()\n      await import('/app.js')\n    </script>\n",
    )
  })

  it('takes the nearest package.json for the project', async () => {
    const root = projectWith({
      'package.json': manifest('next'),
      'web/package.json': manifest('vite'),
      'web/app/public': null,
    })
    await init(root, 'web/app/public')
    expect(existsSync(join(root, 'web/mocks/browser.js'))).toBe(true)
  })
})

describe('init', () => {
  const files = { 'package.json': manifest('vite'), public: null }

  it('overwrites nothing, and says so', async () => {
    const root = projectWith({ ...files, 'mocks/browser.js': 'mine' })
    const { code, stdout, stderr } = await run(['init', 'public', '--api', 'stuut'], { cwd: root })
    expect([code, stdout, stderr]).toEqual([
      2,
      '',
      'Failed to write mocks/browser.js: expected a new file but received one that exists. Nothing was changed. Replace with --force.\n',
    ])
    expect([read(root, 'mocks/browser.js'), readdirSync(join(root, 'public'))]).toEqual(['mine', []])
  })

  it('replaces what exists when it is told to', async () => {
    const root = projectWith({ ...files, 'mocks/browser.js': 'mine', 'public/mockServiceWorker.js': 'old' })
    const { code, stdout, stderr } = await runHere(['init', 'public', '--api', 'stuut', 'truto', '--force'], {
      cwd: root,
    })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Wrote public\/mockServiceWorker\.js\nWrote mocks\/browser\.js\n/)
    expect(read(root, 'mocks/browser.js')).toContain('mock(truto')
    expect(read(root, 'public/mockServiceWorker.js')).toBe(readFileSync(shipped, 'utf8'))
  })

  it('keeps what is there word for word', async () => {
    const root = projectWith(files)
    await init(root, 'public')
    expect(await init(root, 'public')).toMatch(
      /^Kept \S+mockServiceWorker\.js, which is up to date\nKept \S+browser\.js, which is up to date\n/,
    )
  })

  it.each([
    [
      'static',
      {},
      /expected the folder of static files but received nothing of that name\. Name the one that is served as it is, public in most projects, or make it first\.$/,
    ],
    ['package.json', {}, /expected the folder of static files but received a file\./],
    ['public', { api: ['stut'] }, /^Failed to find the API "stut": .* Did you mean "stuut"\?$/],
  ] as const)('refuses %s %j and writes nothing', async (folder, flags, message) => {
    const root = projectWith(files)
    await expect(init(root, folder, flags)).rejects.toThrow(message)
    expect(readdirSync(root).toSorted()).toEqual(['node_modules', 'package.json', 'public'])
    expect(readdirSync(join(root, 'public'))).toEqual([])
  })

  it('refuses a package.json that cannot be read', async () => {
    const root = projectWith({ 'package.json': '{', public: null })
    await expect(init(root, 'public')).rejects.toThrow(/^Failed to read .*package\.json: expected JSON but received /)
  })

  const msw = (version: string, worker?: string): Record<string, string> => ({
    'node_modules/msw/package.json': JSON.stringify({ name: 'msw', version }),
    ...(worker !== undefined && { 'node_modules/msw/mockServiceWorker.js': worker }),
  })
  it.each([
    [{}, 'expected the package msw but received none installed'],
    [msw('2.12.3', "const PACKAGE_VERSION = '2.12.3'"), 'expected msw 3 but received msw 2.12.3'],
    [msw('3.0.5'), 'expected the worker in the package msw but received none'],
    [msw('3.0.5', "const PACKAGE_VERSION = '3.0.4'"), 'expected the worker of msw 3.0.5 but received one of msw 3.0.4'],
    [msw('3.0.5', ''), 'expected the worker of msw 3.0.5 but received one that names no version'],
  ] as const)('refuses another MSW: %j', async (installed, message) => {
    const root = projectWith({ ...files, ...installed }, { isInstalled: false })
    await expect(init(root, 'public')).rejects.toThrow(
      `Failed to copy the service worker of msw: ${message}. Run npm install --save-dev msw@3 in the project.`,
    )
    expect(existsSync(join(root, 'mocks'))).toBe(false)
  })
})

describe('writing several files', () => {
  it('writes none where one cannot be written', async () => {
    const root = projectWith({ 'a.txt': 'before', taken: '' })
    await expect(
      writeFiles(
        [
          { path: join(root, 'a.txt'), text: 'after' },
          { path: join(root, 'new/b.txt'), text: 'b' },
          { path: join(root, 'taken/c.txt'), text: 'c' },
        ],
        { force: true },
      ),
    ).rejects.toThrow(/expected a file that can be written but received E\w+\. Nothing was changed\.$/)
    expect(readdirSync(root).toSorted()).toEqual(['a.txt', 'node_modules', 'taken'])
    expect(read(root, 'a.txt')).toBe('before')
  })

  it('puts back what it had replaced when a later one fails', async () => {
    const root = projectWith({ 'a.txt': 'before' })
    const blocked = join(root, 'b.txt')
    const drafts = [
      { path: join(root, 'a.txt'), text: 'after' },
      { path: blocked, text: 'b' },
      {
        path: join(root, 'n/c.txt'),
        get text() {
          // The name is taken after it was looked at: a folder cannot be replaced by a file.
          mkdirSync(join(blocked, 'full'), { recursive: true })
          return 'c'
        },
      },
    ]
    await expect(writeFiles(drafts, { force: true })).rejects.toThrow('Nothing was changed.')
    expect(read(root, 'a.txt')).toBe('before')
    expect(readdirSync(root).toSorted()).toEqual(['a.txt', 'b.txt', 'node_modules'])
  })

  it('refuses what is no file', async () => {
    const root = projectWith({ folder: null })
    await expect(writeFiles([{ path: join(root, 'folder'), text: '' }], { force: true })).rejects.toThrow(
      'expected a file, or nothing yet but received something else',
    )
  })
})

describe('init in projects of other frameworks', () => {
  it.each([
    [
      'Nuxt',
      { 'package.json': manifest('nuxt', 'msw', 'proforma'), 'tsconfig.json': '{}', 'app/app.vue': '', public: null },
      ['public', 'app/mocks/browser.ts', 'if (import.meta.dev) {'],
      ['Create app/plugins/mocks.client.ts:', "from '../mocks/browser'", 'defineNuxtPlugin(() => startMocks())'],
    ],
    [
      'SvelteKit',
      { 'package.json': manifest('@sveltejs/kit', 'vite', 'msw', 'proforma'), 'src/app.html': '', static: null },
      ['static', 'src/mocks/browser.js', 'if (import.meta.env.DEV) {'],
      ['Add to src/hooks.client.js', "from './mocks/browser'", 'export const init = startMocks'],
    ],
    [
      'Angular',
      {
        'package.json': manifest('@angular/core', 'msw', 'proforma'),
        'angular.json': '{}',
        'tsconfig.json': '{}',
        'src/main.ts': '',
        public: null,
      },
      ['public', 'src/mocks/browser.ts', "if (typeof ngDevMode === 'undefined' || ngDevMode) {"],
      ['In src/main.ts,', "from './mocks/browser'", '.then(() => bootstrapApplication(App, appConfig))'],
    ],
  ] as const)('%s starts the mocks where it waits for them', async (_, files, [folder, file, guard], sentences) => {
    const root = projectWith(files)
    const said = await init(root, folder, { api: ['stuut'] })
    expect(existsSync(join(root, folder, 'mockServiceWorker.js'))).toBe(true)
    expect(read(root, file)).toContain(guard)
    for (const sentence of sentences) expect(said).toContain(sentence)
  })
})
