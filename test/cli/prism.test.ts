import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { newFolder, run, start } from './support/command.ts'

/** What hides a package from a process, as if it had never been installed. */
const hiding = (name: string): string => `
import { Module } from 'node:module'
const find = Module._resolveFilename
Module._resolveFilename = function (request, ...rest) {
  if (!request.startsWith('${name}')) return find.call(this, request, ...rest)
  throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' })
}
`

describe('serve --engine prism', () => {
  it('says what Prism does by itself, and shows named examples', async () => {
    const server = await start(['truto', '--engine', 'prism', '--today', '2026-01-15', '--invoices', '20'])
    expect(server.text().stdout).toMatch(
      /Ctrl-C stops\.\n\nPrism checks each request and each answer\. It keeps no state: .* kept by proforma behind it\.\nPrefer: code=, example= or dynamic= .* answered by Prism alone.*\n\n$/,
    )
    const ask = (prefer: string): Promise<Response> =>
      fetch(
        `${server.url}/truto/unified/accounting/invoices?integrated_account_id=5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d`,
        { headers: { authorization: 'Bearer any', prefer } },
      )
    const [ours, paid, empty] = await Promise.all(
      ['', 'example=paid', 'example=empty'].map(
        async (prefer) => (await (await ask(prefer)).json()) as { result: { id: string; status: string }[] },
      ),
    )
    expect(ours?.result.length).toBeGreaterThan(5)
    expect(paid?.result.map(({ status }) => status)).toEqual(['paid', 'paid'])
    expect(ours?.result.map(({ id }) => id)).toEqual(expect.arrayContaining(paid?.result.map(({ id }) => id) ?? []))
    expect(empty?.result).toEqual([])
    await server.stop()
  })

  it('says what to install where Prism is not', async () => {
    const hide = join(newFolder(), 'hide.mjs')
    writeFileSync(hide, hiding('@stoplight/prism-cli'))
    const { code, stdout, stderr } = await run(
      ['serve', 'truto', '--port', '0', '--engine', 'prism', '--invoices', '3'],
      { env: { NODE_OPTIONS: `--import ${pathToFileURL(hide).href}` } },
    )
    expect([code, stdout, stderr]).toEqual([
      2,
      '',
      'Failed to start Prism: expected the package @stoplight/prism-cli but received none installed. Run npm install --save-dev @stoplight/prism-cli.\n',
    ])
  })
})
