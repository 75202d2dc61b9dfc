import type { JSX } from 'preact'
import { Copy, Heading, Method, Status } from './parts.tsx'
import { milliseconds, time } from './format.ts'
import { hrefOf } from './route.ts'
import { log, served, status } from './state.ts'

/** All APIs, and what was asked last. */
export function HomePage(): JSX.Element {
  const all = served.value
  return (
    <>
      <Heading title="APIs">
        <p class="quiet">
          {status.value &&
            `${status.value.invoices.toLocaleString('en')} invoices of seed ${String(status.value.seed)}, the same in every API.`}{' '}
          proforma {all?.version}
        </p>
      </Heading>
      <ul class="apis">
        {all?.apis.map((api) => (
          <li key={api.name}>
            <h2>
              <a href={hrefOf(['api', api.name])}>{api.title}</a>
              {api.isInferred && <span class="badge plain">roles inferred</span>}
              {api.faults > 0 && (
                <a class="badge warn" href={hrefOf(['api', api.name, 'roles'])}>
                  {api.faults} diagnostics
                </a>
              )}
            </h2>
            <p>
              <code>{location.origin + api.prefix}</code>
              <span class="quiet">
                {' '}
                · {api.operations} operations · <a href={`/__proforma/apis/${api.name}/openapi.yaml`}>openapi.yaml</a> ·{' '}
                <a href={`/__proforma/apis/${api.name}/openapi.json`}>openapi.json</a>
              </span>
            </p>
            {api.curl !== undefined && (
              <div class="line">
                <code>{api.curl}</code>
                <Copy text={api.curl} what={`curl for ${api.name}`} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <h2>Latest requests</h2>
      {log.value.length === 0 ? (
        <p class="quiet">Nothing has been asked yet. Point your application at one of the addresses above.</p>
      ) : (
        <ul class="latest">
          {log.value.slice(0, 8).map((request) => (
            <li key={request.number}>
              <a href={hrefOf(['log', String(request.number)])}>
                <time class="quiet">{time(request.at)}</time> <Method name={request.method} />{' '}
                <span class="url">{request.url}</span>
                <Status code={request.status} /> <span class="quiet">{milliseconds(request.ms)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
