import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { newFolder, start } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const headers = { 'x-proforma': '1', 'content-type': 'application/json', 'x-customer-os-api-key': 'any' }

describe('serve', () => {
  it('begins in a scenario, calls webhooks, and keeps what happened over a restart', async () => {
    const received: { event: string; proof: string | undefined }[] = []
    const hook = createServer((incoming, outgoing) => {
      let text = ''
      incoming.on('data', (chunk) => {
        text += String(chunk)
      })
      incoming.on('end', () => {
        received.push({
          event: (JSON.parse(text) as { event: string }).event,
          proof: incoming.headers['x-hook'] as string | undefined,
        })
        outgoing.end()
      })
    })
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
    const flags = [
      'customeros',
      '--today',
      '2026-01-15',
      '--invoices',
      '20',
      '--scenario',
      'overdue',
      '--state',
      join(folder, 'state.db'),
    ]
    const first = await start([
      ...flags,
      '--webhook-url',
      `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`,
      '--webhook-secret',
      'X-Hook: hush',
    ])
    const list = (await (await fetch(`${first.url}/customeros/invoices`, { headers })).json()) as {
      content: { status: string; metadata: { id: string } }[]
    }
    expect(new Set(list.content.map(({ status }) => status))).toEqual(new Set(['DUE']))
    const path = `/customeros/invoices/${list.content[0]?.metadata.id}`
    expect((await fetch(`${first.url}${path}/pay`, { method: 'POST', headers })).status).toBe(200)
    await expect.poll(() => received).toEqual([{ event: 'invoice.status.paid', proof: 'hush' }])
    expect(await (await fetch(`${first.url}/__proforma/webhooks`)).json()).toMatchObject({
      deliveries: [{ event: 'invoice.status.paid', state: 'delivered' }],
    })
    expect(await first.stop()).toMatchObject({ code: 0 })
    hook.close()
    const second = await start(flags)
    expect(await (await fetch(second.url + path, { headers })).json()).toMatchObject({
      status: 'PAID',
      amountRemaining: 0,
    })
    expect(await (await fetch(`${second.url}/__proforma/reset`, { method: 'POST', headers })).json()).toMatchObject({
      changes: 0,
      scenarios: ['overdue'],
    })
    expect(await (await fetch(second.url + path, { headers })).json()).toMatchObject({ status: 'DUE' })
    await second.stop()
  })

  it.each([
    [['--scenario', 'overdew'], 'Did you mean "overdue"?'],
    [['--webhook-secret', 'x'], '--webhook-url'],
    [['--webhook-url', 'https://hooks.example/'], '--allow-remote-webhooks'],
    [['--state', join(folder, 'no', 'such.db')], 'Failed to open'],
  ])('refuses %j', async (flags, says) => {
    const { code, stderr } = await runHere(['serve', 'truto', '--port', '0', ...flags])
    expect([code, stderr.includes(says), stderr.includes('    at ')]).toEqual([2, true, false])
  })
})
