import type { ApiName, Mock } from '../../index.ts'
import { credentialsFor } from './credentials.ts'
import { digestOf } from './digest.ts'
import { requestFor, shows } from './showcase.ts'

/** Returns the status and digest of what a mock shows first, by request. */
export async function bytesOf({
  model,
  fetch,
  reset,
}: Pick<Mock, 'model' | 'fetch' | 'reset'>): Promise<Record<string, string>> {
  reset()
  const answers: Record<string, string> = {}
  for (const show of shows[model.name as ApiName]) {
    const response = await fetch(requestFor(show, 'http://localhost', credentialsFor(model)))
    answers[`${show.method} ${show.path}`] = `${response.status} ${await digestOf(await response.text())}`
  }
  return answers
}
