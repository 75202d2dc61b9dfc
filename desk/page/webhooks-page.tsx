// Shows the webhook calls and their results.

import { useState } from 'preact/hooks'
import type { JSX } from 'preact'
import type { WebhookDelivery } from '../calls.ts'
import { callControl, selectedWorld } from './client.ts'
import { JsonView } from './json-view.tsx'
import { Badge, Heading, LoadState, useLoaded } from './parts.tsx'
import { dataVersion, requestLog, servedApis } from './state.ts'

const tones: Readonly<Record<WebhookDelivery['state'], string>> = {
  delivered: 'paid',
  waiting: 'processing',
  failed: 'overdue',
  dropped: 'void',
}

/** Shows the webhooks that were called, the latest first, with what was sent and what came of it. */
export function WebhooksPage(): JSX.Element {
  const [asked, setAsked] = useState(0)
  const { value, error } = useLoaded(
    () => callControl<{ deliveries: readonly WebhookDelivery[] }>('/webhooks'),
    [dataVersion.value, requestLog.value[0]?.number, selectedWorld.value, asked],
  )
  if (!value) return <LoadState error={error} />
  const calls = value.deliveries.toReversed()
  return (
    <>
      <Heading title="Webhooks">
        <p class="quiet">
          {servedApis.value?.hasWebhooks ? (
            'The latest 200 calls, the newest first. One that fails is made again, four times at most.'
          ) : (
            <>
              None are called. Start with <code>--webhook-url http://127.0.0.1:3000/hooks</code>.
            </>
          )}
        </p>
      </Heading>
      <p class="row">
        <button type="button" onClick={() => setAsked(asked + 1)}>
          Refresh
        </button>
      </p>
      {calls.length === 0 && <p class="quiet">No webhook has been called yet.</p>}
      <ul class="deliveries">
        {calls.map(({ api, event, world, state, attempts, status, error: why, body }, index) => (
          <li key={calls.length - index}>
            <details>
              <summary>
                <Badge word={state} state={tones[state]} /> <code>{event}</code>{' '}
                <span class="quiet">
                  {api}
                  {world !== '' && ` · world ${world}`} · {attempts} {attempts === 1 ? 'attempt' : 'attempts'}
                  {status !== undefined && ` · ${status}`}
                  {why !== undefined && ` · ${why}`}
                </span>
              </summary>
              <JsonView value={body} />
            </details>
          </li>
        ))}
      </ul>
    </>
  )
}
