import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { run, start } from './support/command.ts'
import type { Running } from './support/command.ts'

/** A block of code of a page: its language, the name of its file, and its text. */
interface Block {
  readonly language: string
  readonly file: string | undefined
  readonly text: string
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8')
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, language = '', file, code = '']) => ({
    language,
    file,
    text: code,
  }))
}

const folder = mkdtempSync(join(tmpdir(), 'guides-'))
let server: Running | undefined
/** Number of the invoice that was answered last. */
let no = ''

afterEach(() => server?.stop())

/** Runs a line of the page, and returns what it prints. */
async function execute(line: string): Promise<string> {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  const here = (text: string): string => text.replace('http://127.0.0.1:4010', server?.url ?? '').replace('{no}', no)
  if (words[0] === 'curl') {
    const after = (flag: string): string | undefined => words[words.indexOf(flag) + 1]
    const address = here(words.find((word) => word.startsWith('http://')) ?? '')
    const response = await fetch(address, {
      method: words.includes('-X') ? after('-X') : 'GET',
      ...(words.includes('-H') && { headers: { authorization: 'Bearer any' } }),
      ...(words.includes('-d') && { body: after('-d') as string, headers: { 'content-type': 'application/json' } }),
    })
    const answer = (await response.json()) as { no?: string }
    no = answer.no ?? no
    return JSON.stringify(answer, null, 1)
  }
  expect(words.slice(0, 2)).toEqual(['npx', 'proforma'])
  const [, , command, ...rest] = words.map(here)
  if (command === 'serve') {
    server = await start(
      rest.filter((word, index) => word !== '--port' && rest[index - 1] !== '--port'),
      { cwd: folder },
    )
    return server.text().stdout
  }
  const { code, stdout, stderr } = await run([command as string, ...rest], { cwd: folder })
  expect(code, stderr).toBe(0)
  return stdout + stderr
}

it.each(['your-api.md', 'demo-data.md'])('%s says what happens, step by step', async (page) => {
  const blocks = blocksOf(page)
  expect(blocks.filter(({ language }) => language === 'sh').length).toBeGreaterThan(4)
  let printed = ''
  for (const { language, file, text } of blocks) {
    if (file !== undefined) writeFileSync(join(folder, file), text)
    else if (language === 'sh') {
      const lines = text.split('\n').filter((line) => line !== '')
      printed = ''
      for (const line of lines) printed += await execute(line)
    } else for (const line of text.split('\n').filter((one) => one !== '')) expect(printed).toContain(line.trim())
  }
})
