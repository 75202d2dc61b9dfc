import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { runHere } from './support/run-here.ts'

const bills = `openapi: 3.0.3
info: { title: Bills, version: '1' }
paths:
  /bills:
    get:
      operationId: listBills
      responses: { '200': { description: bills, content: { application/json: { schema: { $ref: '#/components/schemas/Bill' } } } } }
components:
  schemas:
    Bill: { type: object, properties: { id: { type: string, pattern: '(' } } }
`

let folder = ''
let path = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proforma-documents-'))
  path = join(folder, 'bills.yaml')
  writeFileSync(path, bills)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Serves texts by their path, in a thread of its own: a document is read in one go, while nothing else here can run. */
async function serveTexts(texts: Readonly<Record<string, string>>): Promise<string> {
  const worker = new Worker(
    `const { workerData, parentPort } = require('node:worker_threads')
    const server = require('node:http').createServer(({ url }, response) => {
      if (url === '/moved.yaml') response.writeHead(302, { location: '/bills.yaml' }).end()
      else response.writeHead(workerData[url] === undefined ? 404 : 200).end(workerData[url])
    })
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`,
    { eval: true, workerData: texts },
  )
  onTestFinished(async () => void (await worker.terminate()))
  return `http://127.0.0.1:${(await once(worker, 'message'))[0]}`
}

describe('a document', () => {
  it('may be named where the name of an API may', async () => {
    const named = await runHere(['resources', path])
    expect(named.stdout).toContain('bills')
    expect(await runHere(['resources', '--document', path])).toEqual(named)
  })

  it('is linted: each mistake with its file, line and pointer', async () => {
    const { code, stdout } = await runHere(['lint', path])
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^Failed to read \/components\/schemas\/Bill\/properties\/id\/pattern \(.*bills\.yaml:10:\d+\): /,
    )
    expect(stdout).toMatch(/In answers of: listBills\.\nBills: 1 operation, 1 mistake\n$/)
  })

  it('without mistakes passes the linter', async () => {
    const fine = join(folder, 'fine.yaml')
    writeFileSync(fine, bills.replace("'('", "'^a'"))
    expect(await runHere(['lint', fine])).toMatchObject({ code: 0, stdout: 'Bills: 1 operation, 0 mistakes\n' })
  })

  it('on another computer is fetched where that is asked for, with what it names', async () => {
    const url = await serveTexts({
      '/bills.yaml': bills.replace("{ type: string, pattern: '(' }", '{ $ref: parts/id.yaml }'),
      '/parts/id.yaml': 'type: string\n',
      '/page.html': '<!doctype html>',
    })
    expect(await runHere(['lint', `${url}/bills.yaml`])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Say --allow-remote') as string,
    })
    const remote = async (name: string): Promise<string> => {
      const { stdout, stderr } = await runHere(['lint', `${url}/${name}`, '--allow-remote'])
      return stdout + stderr
    }
    expect(await remote('bills.yaml')).toBe('Bills: 1 operation, 0 mistakes\n')
    expect(await remote('none.yaml')).toMatch(/none\.yaml: expected a document but received status 404\.\n$/)
    expect(await remote('moved.yaml')).toMatch(/received a redirect to \/bills\.yaml\.\n$/)
    expect(await remote('page.html')).toMatch(/received HTML\.\n$/)
  })

  it.for([
    ['check PATH --document PATH --url http://127.0.0.1:1', /received .*bills\.yaml and --document/],
    ['serve PATH --document PATH --overlay PATH', /expected one document that it is for but received 2/],
    ['serve - --cluster 2', /expected documents that each process can read but received standard input/],
  ] as const)('is not named twice, and not read by two: %s', async ([line, received]) => {
    const { code, stderr } = await runHere(line.replaceAll('PATH', path).split(' '))
    expect([code, stderr]).toEqual([2, expect.stringMatching(received)])
  })
})
