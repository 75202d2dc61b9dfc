import { describe, expect, it } from 'vitest'
import { apiNames, mock } from '../index.ts'
import { bytesOf } from './support/bytes.ts'
import { clientOf, idFor } from './support/client.ts'
import { credentialsFor } from './support/credentials.ts'
import { golden } from './support/golden.ts'
import { requestFor, shows } from './support/showcase.ts'

describe('seed 42 on 2026-01-15', () => {
  it.each(apiNames)('%s answers as it always has', async (name) => {
    const { model, fetch, reset } = mock(name, { seed: 42, today: '2026-01-15' })
    const client = clientOf(model, fetch)
    const answers: Record<string, unknown> = {}
    for (const show of shows[name]) {
      const response = await fetch(requestFor(show, 'http://localhost', credentialsFor(model)))
      answers[`${show.method} ${show.path}`] = { status: response.status, body: await response.json() }
    }
    reset()
    const get = client.find('get') ?? expect.fail('no operation gets one invoice')
    const [first] = await client.some(1)
    const values = first && { [get.parameters[0]?.name as string]: idFor(get, first) }
    answers[get.id] = (await client.ask(get, { ...(values && { values }) })).json
    expect(answers).toEqual(golden(name, answers))
  })

  it('is the same bytes as in a browser', async () => {
    const bytes: Record<string, unknown> = {}
    for (const name of apiNames) bytes[name] = await bytesOf(mock(name, { seed: 42 }))
    expect(bytes).toEqual(golden('bytes', bytes))
  })
})
