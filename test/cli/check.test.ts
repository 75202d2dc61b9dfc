import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../contracts/index.ts'
import { apiNames } from '../../spec/index.ts'
import { newFolder, run, start } from './support/command.ts'
import type { Running } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const folder = newFolder()
const day = ['--today', '2026-01-15']
const secret = 'sk_live_very_secret'
const credentials = [
  '--header',
  `Authorization: Bearer ${secret}`,
  '--header',
  `X-API-Key: ${secret}`,
  '--header',
  `X-CUSTOMER-OS-API-KEY: ${secret}`,
]

let mocks: Running
beforeAll(async () => {
  mocks = await start([...day, '--invoices', '60'])
})
afterAll(async () => {
  await mocks.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function listen(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Passes a request on, and gives back an answer whose lines are worth one more, and whose invoices are numbered by numbers. */
async function spoil(base: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await fetch(base + request.url, {
    method: request.method ?? 'GET',
    headers: request.headers as Record<string, string>,
  })
  const text = (await answer.text()).replaceAll(
    /"total_line_amount":([\d.]+)/g,
    (_, amount: string) => `"total_line_amount":${Number(amount) + 1}`,
  )
  response
    .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
    .end(text.replaceAll(/"number":"\D+(\d+)"/g, '"number":$1'))
}

describe('check', () => {
  it.each(apiNames)('finds nothing wrong with our own %s, writes included', async (name) => {
    const { code, stdout, stderr } = await runHere([
      'check',
      name,
      '--url',
      `${mocks.url}/__world/${name}/${name}`,
      ...credentials,
      ...day,
      '--allow-writes',
      '--max-pages',
      '1',
    ])
    expect(stdout).toMatch(/\nNo violations in [1-9]\d* requests, [1-9]\d* invoices seen(?:, \d+ not judged)?\.\n$/)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).not.toContain(secret)
  })

  it('finds what is wrong, says where the document says so, and fails', async () => {
    const { server, url } = await listen((request, response) => void spoil(mocks.url, request, response))
    const reports = ['json', 'junit'].map((form) => ['--report', `${form}=${join(folder, `report.${form}`)}`])
    const { code, stdout, stderr } = await run([
      'check',
      'truto',
      '--url',
      `${url}/truto`,
      ...credentials,
      ...day,
      '--max-pages',
      '1',
      ...reports.flat(),
      '--report',
      `text=${join(folder, 'report.txt')}`,
    ])
    server.close()
    server.closeAllConnections()
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toContain('PF-LINE')
    expect(stdout).toMatch(/documented in \S*openapi\.yaml:\d+:\d+/)
    expect(stdout).toMatch(/\n\d+ violations of \d+ causes? in \d+ requests/)
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report
    expect(report.counts.errors).toBeGreaterThan(0)
    expect(readFileSync(join(folder, 'report.junit'), 'utf8')).toMatch(/^<\?xml .*<failure type="PF-LINE"/s)
    expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toBe(stdout)
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file), 'utf8')).not.toContain(secret)
  })

  it('takes what is no JSON for a violation', async () => {
    const { server, url } = await listen((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('<html>Sign in</html>'),
    )
    const { code, stdout, stderr } = await runHere(['check', 'truto', '--url', url, ...day])
    server.close()
    server.closeAllConnections()
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toContain('<html>Sign in</html>')
  })

  it('cannot check what never answers', async () => {
    const { server, url } = await listen(() => undefined)
    const { code, stdout, stderr } = await runHere(['check', 'truto', '--url', url, ...day, '--timeout', '1'])
    server.closeAllConnections()
    server.close()
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^Failed to reach http:\/\/127\.0\.0\.1:\d+: expected an answer but received [^\n]+\n$/)
  })

  it('sends a user in the URL as credentials, and does not print it', async () => {
    let authorization: string | undefined
    const { server, url } = await listen((request, response) => {
      authorization ??= request.headers.authorization
      response
        .writeHead(500, { 'content-type': 'application/json' })
        .end(JSON.stringify({ echo: request.headers.authorization }))
    })
    const { code, stdout, stderr } = await runHere([
      'check',
      'truto',
      '--url',
      url.replace('//', '//someone:very%20secret@'),
      ...day,
    ])
    server.close()
    server.closeAllConnections()
    const encoded = Buffer.from('someone:very secret').toString('base64')
    expect({ code, authorization }).toEqual({ code: 1, authorization: `Basic ${encoded}` })
    for (const told of ['very%20secret', 'very secret', encoded]) expect(stdout + stderr).not.toContain(told)
  })

  it('cannot write a report where there is no directory', async () => {
    const file = join(folder, 'no', 'report.json')
    const { code, stderr } = await runHere([
      'check',
      'nuntiq',
      '--url',
      `${mocks.url}/nuntiq`,
      ...credentials,
      ...day,
      '--report',
      `json=${file}`,
    ])
    expect({ code, exists: existsSync(file) }).toEqual({ code: 2, exists: false })
    expect(stderr).toMatch(/^Failed to write .*report\.json: [^\n]*\n$/)
  })
})
