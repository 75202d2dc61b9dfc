import { readdirSync, readFileSync } from 'node:fs'
import { validate } from '@hyperjump/json-schema/openapi-3-1'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import { loadDocument } from '../../spec/load.ts'

const apis = new URL('../../spec/apis/', import.meta.url)
const dialect = 'https://spec.openapis.org/oas/3.1/schema-base'
type Json = Parameters<Awaited<ReturnType<typeof validate>>>[0]

/** Returns where a document breaks the schema of OpenAPI 3.1, and which keyword it breaks. */
async function errorsOf(document: unknown): Promise<string[]> {
  const output = await validate(dialect, document as Json, 'BASIC')
  return output.valid
    ? []
    : (output.errors ?? []).map(
        ({ instanceLocation, absoluteKeywordLocation }) => `${instanceLocation} ${absoluteKeywordLocation}`,
      )
}

/** Returns what the recommended rules of Redocly report of a document. */
async function problemsOf(source: string): Promise<string[]> {
  const problems = await lintFromString({
    source,
    absoluteRef: 'openapi.yaml',
    config: await createConfig({ extends: ['recommended'] }),
  })
  return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`)
}

describe.each(readdirSync(apis))('%s', (name) => {
  const path = new URL(`${name}/openapi.yaml`, apis).pathname

  it('is a valid OpenAPI 3.1 document', async () => {
    expect(await errorsOf(loadDocument(path, { overlays: [] }).document)).toEqual([])
  })

  it('stays valid with its overlay applied', async () => {
    expect(await errorsOf(loadDocument(path).document)).toEqual([])
  })

  it('gives the recommended lint rules nothing to report', async () => {
    expect(await problemsOf(readFileSync(path, 'utf8'))).toEqual([])
  })
})

describe('a document without a version', () => {
  const document = { openapi: '3.1.0', info: { title: 'Nothing' }, paths: {} }

  it('is not valid', async () => {
    expect(await errorsOf(document)).not.toEqual([])
  })

  it('is reported by the lint rules', async () => {
    expect(await problemsOf(JSON.stringify(document))).toContainEqual(expect.stringContaining('#/info'))
  })
})
