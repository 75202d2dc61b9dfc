import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

/** Starts a server as npm does, by a shell that is then killed; resolves with what was said when nobody holds the output any more. */
function underNpm(command: string): Promise<string> {
  const child = spawn('sh', ['-c', command], { env: { ...process.env, npm_lifecycle_event: 'start', NO_COLOR: '1' }, timeout: 50_000, killSignal: 'SIGKILL', stdio: ['pipe', 'pipe', 'inherit'] })
  let text = ''
  return new Promise((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('Ctrl-C stops.')) child.kill('SIGTERM')
    })
    child.stdout.on('close', () => resolve(text))
  })
}

describe('a server of an npm script', () => {
  it('ends with the shell of the script, which passes no signal on', async () => {
    expect(await underNpm(`"${process.execPath}" "${main}" serve truto --port 0; :`)).toContain('Ctrl-C stops.')
  })
})
