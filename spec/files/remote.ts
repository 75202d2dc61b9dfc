import { spawnSync } from 'node:child_process'
import { failure } from '../failure.ts'
import { textOf } from './source.ts'

const mostBytes = 64_000_000
const patience = 30_000

/** Sends what came to its standard output, or why nothing did to the other one. No redirect is followed: it may lead anywhere. */
const script = `
const response = await fetch(process.argv[1], { redirect: 'manual', headers: { accept: 'application/yaml, application/json, */*;q=0.5' } })
  .catch((error) => ({ ok: false, status: 0, reason: error.cause?.code ?? error.cause?.message ?? error.message }))
const leads = response.headers?.get('location')
if (!response.ok) process.stderr.write(response.reason ?? (leads ? 'a redirect to ' + leads : 'status ' + response.status))
else for await (const chunk of response.body ?? []) if (!process.stdout.write(chunk)) await new Promise((go) => process.stdout.once('drain', go))
process.exitCode = response.ok ? 0 : 1
`

/**
 * Returns the text at an address. Another process fetches it, because a document is read in one go.
 * @throws Failure for an address that does not answer with a text.
 */
export function fetchText(address: string): string {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script, address],
    { maxBuffer: mostBytes, timeout: patience, windowsHide: true },
  )
  if (status === 0 && !error) return textOf(stdout, address)
  const { code } = (error ?? {}) as NodeJS.ErrnoException
  const received =
    code === 'ENOBUFS'
      ? `more than ${mostBytes / 1e6} MB`
      : code === 'ETIMEDOUT'
        ? `none within ${patience / 1000} seconds`
        : stderr.toString().trim().split('\n')[0] || (code ?? 'nothing')
  throw failure(`fetch ${address}`, { expected: 'a document', received })
}
