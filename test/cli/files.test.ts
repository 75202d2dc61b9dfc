import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordedIn } from '../../cli/check/recordings.ts'
import { overlaysOf } from '../../cli/models.ts'
import { readRecordings } from '../../cli/replay.ts'
import { recordingName } from '../../contracts/index.ts'
import { load } from '../../spec/load.ts'
import { newFolder, run } from './support/command.ts'

const sdl = 'type Query { hello: String }\n'

/** Returns a folder with a document in `own`, and a file beside that folder. */
function placed(document: object = {}): { readonly root: string; readonly own: string; readonly file: string } {
  const root = newFolder()
  const own = join(root, 'own')
  mkdirSync(own)
  writeFileSync(join(root, 'outside.graphql'), sdl)
  writeFileSync(join(own, 'inside.graphql'), sdl)
  const file = join(own, 'api.json')
  writeFileSync(
    file,
    JSON.stringify({ openapi: '3.1.0', info: { title: 'Own', version: '1' }, paths: {}, ...document }),
  )
  return { root, own, file }
}

const naming = (schema: string): object => ({
  paths: { '/graphql': { post: { 'x-graphql': { schema }, responses: {} } } },
})

describe('a GraphQL schema that a document names', () => {
  it('is read from the folder of the document', () => {
    expect(JSON.stringify(load(placed(naming('inside.graphql')).file).document)).toContain('hello')
    expect(JSON.stringify(load(placed(naming('./x/../inside.graphql')).file).document)).toContain('hello')
  })

  it.each(['../outside.graphql', '../../../../../../etc/passwd', 'x/../../outside.graphql', '/etc/passwd'])(
    'is not read from elsewhere: %s',
    (schema) => {
      expect(() => load(placed(naming(schema)).file)).toThrow(
        /^Failed to read .*: expected a file in .*own but received one outside of it\. Name the folder that it may be in with --files\.$/,
      )
    },
  )

  it('is not read through a link that leads elsewhere, of the file or of a folder on the way', () => {
    const { root, own } = placed()
    symlinkSync(join(root, 'outside.graphql'), join(own, 'link.graphql'))
    symlinkSync(root, join(own, 'up'))
    symlinkSync(join(own, 'inside.graphql'), join(own, 'within.graphql'))
    const read = (schema: string): string => {
      writeFileSync(join(own, 'api.json'), JSON.stringify({ openapi: '3.1.0', info: {}, ...naming(schema) }))
      return JSON.stringify(load(join(own, 'api.json')).document)
    }
    expect(() => read('link.graphql')).toThrow('one outside of it')
    expect(() => read('up/outside.graphql')).toThrow('one outside of it')
    expect(read('within.graphql')).toContain('hello')
  })

  it('tells nobody whether a file elsewhere is there', () => {
    const message = (schema: string): string => {
      try {
        return load(placed(naming(schema)).file).title
      } catch (error) {
        return (error as Error).message.replaceAll(/\S*proforma-cli-\S*/g, '').replace(/\/etc\/\w+/, '')
      }
    }
    expect(message('../outside.graphql')).toBe(message('../missing.graphql'))
  })

  it('is read from elsewhere where an option says so', async () => {
    const { root, file } = placed(naming('../outside.graphql'))
    const refused = await run(['roles', '--document', file])
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('with --files.')])
    expect((await run(['roles', '--document', file, '--files', root])).code).toBe(0)
    expect(() => load(file, { files: [join(root, 'own')] })).toThrow('one outside of it')
  })

  it('stays in the folder when an overlay names it', () => {
    const { own, file } = placed(naming('inside.graphql'))
    writeFileSync(
      join(own, 'overlay.yaml'),
      "overlay: 1.0.0\ninfo: { title: x, version: '1' }\nactions: [{ target: \"$.paths['/graphql'].post\", update: { x-graphql: { schema: ../outside.graphql } } }]\n",
    )
    expect(() => load(file)).toThrow('one outside of it')
  })
})

it('an overlay beside a document is no link to elsewhere, unless an option names it', () => {
  const { root, own, file } = placed()
  const elsewhere = join(root, 'overlay.yaml')
  writeFileSync(elsewhere, "overlay: 1.0.0\ninfo: { title: x, version: '1' }\nactions: []\n")
  symlinkSync(elsewhere, join(own, 'overlay.yaml'))
  for (const read of [() => load(file), () => overlaysOf({ document: file })])
    expect(read).toThrow(/received one outside of it\. Name it with --overlay /)
  expect(load(file, { overlays: [join(own, 'overlay.yaml')] }).title).toBe('Own')
})

it('no reference of a document leads to a file or to the network', async () => {
  const asked: unknown[] = []
  const server = createServer((request, response) => {
    asked.push(request.url)
    response.end('{"type":"string"}')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const port = (server.address() as AddressInfo).port
  const references = ['file:///etc/passwd', '../outside.json', '/etc/passwd', `http://127.0.0.1:${port}/schema.json`]
  const schemas = Object.fromEntries(references.map(($ref, index) => [`S${index}`, { properties: { a: { $ref } } }]))
  const { root, file } = placed({
    paths: Object.fromEntries(
      references.map((reference, index) => [`/p${index}`, { $ref: reference, get: { responses: {} } }]),
    ),
    components: { schemas },
  })
  writeFileSync(join(root, 'outside.json'), '{"const":"from outside"}')
  const model = load(file)
  expect(model.diagnostics.length).toBeGreaterThanOrEqual(references.length)
  const written = await run(['validator', '--document', file])
  const exported = await run(['export-examples', '--document', file, '--to', '-'])
  // None of its operations can be read, so there is nothing to give examples of.
  expect([written.code, exported.code]).toEqual([0, 2])
  expect(written.stdout + exported.stdout).not.toContain('from outside')
  expect(written.stdout + exported.stdout).not.toContain('root:')
  expect(asked).toEqual([])
  server.close()
})

describe('a folder of recordings', () => {
  const recording = '{"request":{"method":"GET","path":"/a"},"response":{"status":200,"body":{"secret":1}}}'

  it('gives no file that a link in it leads to', () => {
    const { root, own, file } = placed()
    writeFileSync(join(root, 'elsewhere.json'), recording)
    symlinkSync(join(root, 'elsewhere.json'), join(own, '0001-list.json'))
    expect(() => readRecordings(own)).toThrow(/outside of it\. Copy the file itself into the folder of --replay\.$/)
    expect(() => recordedIn(load(file), { form: 'bodies', path: own })).toThrow(/outside of it\. .*--bodies\.$/)
  })

  it('with links that go round in circles is read to its end', () => {
    const { own, file } = placed()
    for (const name of ['a', 'b']) symlinkSync(own, join(own, name))
    writeFileSync(join(own, '0001-list.json'), recording)
    expect(recordedIn(load(file), { form: 'bodies', path: own })).toHaveLength(2)
  })

  it('takes files of its own only, whatever an operation is called', () => {
    for (const operation of ['../../x', '/etc/passwd', '..\\..\\x', 'a\u0000b', '.', '..', 'CON', 'x'.repeat(5000)]) {
      const name = recordingName(7, { operation })
      expect(name).toMatch(/^0007-[\w.-]{1,100}\.json$/)
      writeFileSync(join(newFolder(), name), '')
    }
  })
})
