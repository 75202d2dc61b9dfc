import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { patience } from '../../support/patience.ts'

/** Prism's own command, running. */
export interface Prism {
  readonly url: string
  stop(): Promise<void>
}

const manifest = createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json')

/** Starts `prism mock` over a file, on a free port, and waits until it listens. */
export async function prismOf(file: string): Promise<Prism> {
  const command = join(dirname(manifest), 'dist', 'index.js')
  const child = spawn(process.execPath, [command, 'mock', file, '--port', '0', '--host', '127.0.0.1'], {
    env: { ...process.env, NO_COLOR: '1' },
    timeout: patience - 10_000,
    killSignal: 'SIGKILL',
  })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  let text = ''
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        const [, found] = /listening on (http:\/\/[\d.:]+)/.exec(text) ?? []
        if (found !== undefined) resolve(found)
      })
    }
    void ended.then(() => reject(new Error(`Prism ended: ${text}`)))
  })
  return {
    url,
    stop() {
      child.kill()
      return ended
    },
  }
}
