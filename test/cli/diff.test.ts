import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { newFolder, run } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const apis = fileURLToPath(new URL('../../spec/apis/stuut/', import.meta.url))
const folder = newFolder()
const text = readFileSync(join(apis, 'openapi.yaml'), 'utf8')
writeFileSync(join(folder, 'overlay.yaml'), readFileSync(join(apis, 'overlay.yaml')))
writeFileSync(join(folder, 'old.yaml'), text)

it('tells what a new version breaks, which roles it loses, and where; and ends with 1', async () => {
  writeFileSync(
    join(folder, 'new.yaml'),
    text.replace('maximum: 200', 'maximum: 100').replaceAll('amount_paid', 'paid_amount'),
  )
  const { code, stdout } = await run(['diff', 'old.yaml', 'new.yaml', '--report', 'sarif=changes.sarif'], {
    cwd: folder,
  })
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /breaking maximum {2}GET \/v1\/invoices {2}query limit has maximum 100, was 200\n {9}was at old\.yaml:\d+:\d+\n {9}is at new\.yaml:\d+:\d+\n/,
  )
  expect(stdout).toContain(
    'the overlay no longer finds $.components.schemas.Invoice.properties.amount_paid (invoice.paid)',
  )
  expect(stdout).toMatch(/\d+ breaking changes, \d+ risky, \d+ safe from old\.yaml to new\.yaml\.\n$/)
  expect(JSON.parse(readFileSync(join(folder, 'changes.sarif'), 'utf8')).runs[0].results.length).toBeGreaterThan(1)
})

it('ends with 0 where nothing breaks, and with 2 for what is no document', async () => {
  expect(await runHere(['diff', 'old.yaml', 'old.yaml'], { cwd: folder })).toMatchObject({
    code: 0,
    stdout: '0 breaking changes, 0 risky, 0 safe from old.yaml to old.yaml.\n',
  })
  writeFileSync(join(folder, 'list.yaml'), '- 1\n')
  const { code, stderr } = await runHere(['diff', 'old.yaml', 'list.yaml', '--overlay', 'overlay.yaml'], {
    cwd: folder,
  })
  expect(code).toBe(2)
  expect(stderr).toContain('expected an OpenAPI document (3.0, 3.1, 3.2, or Swagger 2.0)')
})

it('compares documents of OpenAPI 3.0, with each other and with those of 3.1', async () => {
  const schema = (note: object, more: object = {}): object => ({
    type: 'object',
    properties: { note, total: { type: 'number', minimum: 0, exclusiveMinimum: true }, ...more },
  })
  const document = (openapi: string, body: object): string =>
    JSON.stringify({
      openapi,
      info: { title: 'x', version: '1' },
      paths: {
        '/things': {
          get: {
            operationId: 'listThings',
            responses: { 200: { description: '', content: { 'application/json': { schema: body } } } },
          },
        },
      },
    })
  const own = newFolder()
  writeFileSync(join(own, 'old.json'), document('3.0.3', schema({ type: 'string' })))
  writeFileSync(join(own, 'null.json'), document('3.0.3', schema({ type: 'string', nullable: true })))
  writeFileSync(
    join(own, 'same.json'),
    document('3.1.0', {
      type: 'object',
      properties: { note: { type: 'string' }, total: { type: 'number', exclusiveMinimum: 0 } },
    }),
  )
  expect(await runHere(['diff', 'old.json', 'same.json'], { cwd: own })).toMatchObject({
    code: 0,
    stdout: '0 breaking changes, 0 risky, 0 safe from old.json to same.json.\n',
  })
  const { stdout } = await runHere(['diff', 'old.json', 'null.json', '--all'], { cwd: own })
  expect(stdout).toMatch(/GET \/things {2}.*note.*null/)
  expect(stdout).not.toContain('0 breaking changes, 0 risky, 0 safe')
})
