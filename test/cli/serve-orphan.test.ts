import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { servesInFront } from '../../cli/signals.ts'
import { patience } from '../support/patience.ts'
import { main } from './support/command.ts'

const command = `"${process.execPath}" "${main}" serve truto --port 0; :`

/** Starts a server as npm does, by a shell that is then killed; resolves with what was said when nobody holds the output any more. */
function underNpm(input: 'pipe' | 'ignore'): Promise<string> {
  const env = { ...process.env, npm_lifecycle_event: 'start', npm_lifecycle_script: command, NO_COLOR: '1' }
  const child = spawn('sh', ['-c', command], {
    env,
    timeout: patience - 10_000,
    killSignal: 'SIGKILL',
    stdio: [input, 'pipe', 'inherit'],
  })
  let text = ''
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('Ctrl-C stops.')) child.kill('SIGTERM')
    })
    child.stdout?.on('close', () => resolve(text))
  })
}

describe('a server of an npm script', () => {
  it('ends with the shell of the script, which passes no signal on', async () => {
    expect(await underNpm('pipe')).toContain('Ctrl-C stops.')
  })

  it('ends with it where the whole script was put into the background', async () => {
    expect(await underNpm('ignore')).toContain('Ctrl-C stops.')
  })

  it('may stay where the script put it there, or started something else that did', () => {
    expect(
      [
        'proforma serve & wait-on tcp:4010',
        'proforma serve 2>&1 &',
        'node start-mocks.js && playwright test',
        undefined,
      ].map(servesInFront),
    ).toEqual([false, false, false, false])
    expect(
      [
        'proforma serve',
        'npm run build && proforma serve',
        'proforma serve > log 2>&1',
        'proforma serve &> log',
        'proforma serve |& tee log',
      ].map(servesInFront),
    ).toEqual([true, true, true, true, true])
  })
})
