import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { newFolder, run } from './support/command.ts'

const apis = fileURLToPath(new URL('../../spec/apis/stuut/', import.meta.url))
const folder = newFolder()
const text = readFileSync(join(apis, 'openapi.yaml'), 'utf8')
writeFileSync(join(folder, 'overlay.yaml'), readFileSync(join(apis, 'overlay.yaml')))
writeFileSync(join(folder, 'old.yaml'), text)

it('tells what a new version breaks, which roles it loses, and where; and ends with 1', async () => {
  writeFileSync(join(folder, 'new.yaml'), text.replace('maximum: 200', 'maximum: 100').replaceAll('amount_paid', 'paid_amount'))
  const { code, stdout } = await run(['diff', 'old.yaml', 'new.yaml', '--report', 'sarif=changes.sarif'], { cwd: folder })
  expect(code).toBe(1)
  expect(stdout).toMatch(/breaking maximum {2}GET \/v1\/invoices {2}query limit has maximum 100, was 200\n {9}was at old\.yaml:\d+:\d+\n {9}is at new\.yaml:\d+:\d+\n/)
  expect(stdout).toContain('the overlay no longer finds $.components.schemas.Invoice.properties.amount_paid (invoice.paid)')
  expect(stdout).toMatch(/\d+ breaking changes, \d+ risky, \d+ safe from old\.yaml to new\.yaml\.\n$/)
  expect(JSON.parse(readFileSync(join(folder, 'changes.sarif'), 'utf8')).runs[0].results.length).toBeGreaterThan(1)
})

it('ends with 0 where nothing breaks, and with 2 for what is no document', async () => {
  expect(await run(['diff', 'old.yaml', 'old.yaml'], { cwd: folder })).toMatchObject({ code: 0, stdout: '0 breaking changes, 0 risky, 0 safe from old.yaml to old.yaml.\n' })
  writeFileSync(join(folder, 'list.yaml'), '- 1\n')
  const { code, stderr } = await run(['diff', 'old.yaml', 'list.yaml', '--overlay', 'overlay.yaml'], { cwd: folder })
  expect(code).toBe(2)
  expect(stderr).toContain('expected an OpenAPI 3.1 document')
})
