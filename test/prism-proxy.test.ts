import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiNames, mock } from '../index.ts'
import { serve } from '../mocks/server.ts'
import type { Served } from '../mocks/server.ts'
import { credentialsFor } from './support/credentials.ts'
import { requestFor, shows } from './support/showcase.ts'

const command = fileURLToPath(new URL('../node_modules/.bin/prism', import.meta.url))

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

/** Starts `prism proxy --errors`, which turns answers that break the document into errors of its own. */
async function startProxy(document: string, upstream: string): Promise<{ readonly url: string; stop(): void }> {
  const port = await freePort()
  const child = spawn(
    command,
    ['proxy', document, upstream, '--errors', '--port', String(port), '--host', '127.0.0.1'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += String(chunk)
      if (output.includes('Prism is listening')) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`prism ended: ${output}`)))
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() }
}

describe.runIf(existsSync(command)).each(apiNames)('prism proxy --errors in front of %s', (name) => {
  const { model, fetch: direct } = mock(name, { seed: 42, invoices: 30 })
  const folder = mkdtempSync(join(tmpdir(), 'proforma-'))
  let upstream: Served
  let proxy: Awaited<ReturnType<typeof startProxy>>

  beforeAll(async () => {
    const file = join(folder, 'openapi.json')
    writeFileSync(file, JSON.stringify(model.document))
    const { fetch: honest } = mock(name, { seed: 42, invoices: 30 })
    upstream = await serve(async (request) =>
      request.headers.has('x-lie') ? Response.json(['a lie']) : honest(request),
    )
    proxy = await startProxy(file, upstream.url)
  })
  afterAll(async () => {
    proxy?.stop()
    await upstream?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('passes every answer on as it is', async () => {
    for (const show of shows[name]) {
      const headers = credentialsFor(model)
      const response = await fetch(requestFor(show, proxy.url, headers))
      const text = await response.text()
      expect(response.headers.get('sl-violations'), show.path).toBe(null)
      expect({ status: response.status, body: JSON.parse(text) }, show.path).toEqual({
        status: 200,
        body: await (await direct(requestFor(show, 'http://localhost', headers))).json(),
      })
    }
  })

  it('would not pass on what breaks the document', async () => {
    const [show] = shows[name]
    const response = await fetch(
      requestFor(show ?? expect.fail('nothing to show'), proxy.url, { ...credentialsFor(model), 'x-lie': 'yes' }),
    )
    expect(response.status).toBe(500)
  })
})
