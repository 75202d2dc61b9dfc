import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { describe, expect, it } from 'vitest'
import { factory, mock } from '../browser.ts'
import * as node from '../index.ts'
import { apis } from '../spec/documents/documents.ts'

const repository = fileURLToPath(new URL('..', import.meta.url))
const names = node.apiNames
const titleOf = (name: node.ApiName): string => JSON.stringify(node.builtIn(name).title).slice(1, -1)

/** Bundles a page for a browser, and returns all the code that is loaded with it. */
async function pageOf(code: string): Promise<string> {
  const bundle = await rolldown({
    input: 'page',
    platform: 'browser',
    plugins: [
      {
        name: 'page',
        resolveId: (id) => {
          if (id === 'page') return '\0page'
          const [, api] = /^proforma\/apis\/(\w+)$/.exec(id) ?? []
          if (api !== undefined) return `${repository}spec/documents/${api}.ts`
          return id === 'proforma' ? `${repository}browser.ts` : null
        },
        load: (id) => (id === '\0page' ? code : null),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'es' })
  return output.flatMap((file) => (file.type === 'chunk' && !file.isDynamicEntry ? [file.code] : [])).join('\n')
}

describe('a page', () => {
  it.each(names)('that imports %s carries no other API’s document', async (name) => {
    const code = await pageOf(
      `import { factory, mock } from 'proforma'\nimport { ${name} } from 'proforma/apis/${name}'\nconsole.log(mock(${name}).handlers, factory(${name}).build())`,
    )
    expect(names.filter((other) => code.includes(titleOf(other)))).toEqual([name])
  })

  it('carries neither GraphQL’s library nor words that nobody draws, until something asks for them', async () => {
    const code = await pageOf(`import { mock } from 'proforma'\nconsole.log(mock)`)
    expect(code).not.toMatch(/buildASTSchema|nobility_title/)
    expect(names.filter((name) => code.includes(titleOf(name)))).toEqual([])
  })

  it('with a mock loads what only answers need when the first request comes', async () => {
    const importing = `import { factory, mock } from 'proforma'\nimport { stuut } from 'proforma/apis/stuut'\n`
    const told = ['please ignore this message', 'Prefers to be called in the morning']
    const [withFactory, withMock] = [
      await pageOf(`${importing}console.log(factory(stuut).build())`),
      await pageOf(`${importing}console.log(mock(stuut).handlers, mock(stuut).business.find(1))`),
    ]
    expect(told.filter((text) => withFactory.includes(text))).toEqual(told)
    expect(told.filter((text) => withMock.includes(text))).toEqual([])
  })

  it.each(names)('answers for the value of %s as Node does for its name', async (name) => {
    expect(factory(apis[name] as node.BuiltInApi, { seed: 7 }).buildList(3)).toEqual(
      node.factory(name, { seed: 7 }).buildList(3),
    )
    expect(mock(apis[name]).model).toBe(node.mock(name).model)
    expect(node.mock(apis[name]).handlers.map(({ info }) => info.header)).toEqual(
      mock(apis[name]).handlers.map(({ info }) => info.header),
    )
  })

  it('is told to import an API that it names', () => {
    const sentence =
      'Failed to find the API "stuut": expected an imported API (a page carries no others) but received a name. Pass what "import { stuut } from \'proforma/apis/stuut\'" imports.'
    expect(() => mock('stuut')).toThrow(sentence)
    expect(() => factory('stuut')).toThrow(sentence)
  })
})
