// Shows the log of requests and one request in full.

import { useState } from 'preact/hooks'
import type { JSX } from 'preact'
import type { LoggedPart, RequestDetail, RequestSummary } from '../calls.ts'
import { callControl, parseJson, sendRequest } from './client.ts'
import { bytesText, countText, millisecondsText, timeText } from './format.ts'
import { JsonView } from './json-view.tsx'
import { HeaderFields, ViolationList, Heading, MethodName, StatusCode, useLoaded } from './parts.tsx'
import { clearLog, hrefOf, isAway, navigate, requestLog, runAction, servedApis } from './state.ts'

/** Rows drawn at first. */
const mostShown = 150

/** What was asked of the server, as it comes, and one request in full. */
export function LogPage({ number }: { number: number | undefined }): JSX.Element {
  const [filter, setFilter] = useState<LogFilter>({ text: '', sort: '' })
  const [held, setHeld] = useState<readonly RequestSummary[] | undefined>(undefined)
  const all = held ?? requestLog.value
  const found = all.filter((request) => fits(request, filter))
  return (
    <div class="log">
      <Heading title="Requests">
        <p class="quiet" role="status">
          {countText(found.length)} of the latest {countText(all.length)}
          {isAway.value ? '; the server is away' : held ? '; paused' : '; live'}
          {servedApis.value?.isCluster ? '. Several processes serve: this is what one of them answered' : ''}
        </p>
      </Heading>
      <form class="filters" role="search" aria-label="Filter requests" onSubmit={(event) => event.preventDefault()}>
        <FilterFields filter={filter} onChange={setFilter} />
        <div class="row">
          <button
            type="button"
            aria-pressed={held !== undefined}
            onClick={() => setHeld(held ? undefined : requestLog.value)}
          >
            {held ? 'Resume' : 'Pause'}
          </button>
          <button type="button" onClick={() => void runAction('The log is empty.', clearLog)}>
            Clear
          </button>
        </div>
      </form>
      <div class={number === undefined ? '' : 'split'}>
        <Requests list={found} isEmpty={all.length === 0} open={number} />
        {number !== undefined && <Exchange key={number} number={number} />}
      </div>
    </div>
  )
}

/** Which requests are shown. */
interface LogFilter {
  /** Words that a request has in its path, method or world. */
  readonly text: string
  /** A kind of answer, of {@link sorts}; empty for all. */
  readonly sort: string
}

const sorts: Readonly<Record<string, string>> = {
  '': 'all',
  fine: '2xx and 3xx',
  refused: '4xx',
  failed: '5xx and cut',
  noted: 'with warnings',
}

function FilterFields({ filter, onChange }: { filter: LogFilter; onChange: (filter: LogFilter) => void }): JSX.Element {
  return (
    <>
      <div class="field">
        <label for="log-text">Path, method, world</label>
        <input
          id="log-text"
          type="search"
          value={filter.text}
          onInput={({ currentTarget }) => onChange({ ...filter, text: currentTarget.value })}
        />
      </div>
      <div class="field">
        <label for="log-sort">Answers</label>
        <select
          id="log-sort"
          value={filter.sort}
          onChange={({ currentTarget }) => onChange({ ...filter, sort: currentTarget.value })}
        >
          {Object.entries(sorts).map(([sort, says]) => (
            <option key={sort} value={sort}>
              {says}
            </option>
          ))}
        </select>
      </div>
    </>
  )
}

interface RequestsProps {
  readonly list: readonly RequestSummary[]
  /** Nothing has been asked at all. */
  readonly isEmpty: boolean
  /** Number of the request that is shown in full. */
  readonly open: number | undefined
}

/** Requests in a line each, the latest first; earlier ones are drawn when they are asked for. */
function Requests({ list, isEmpty, open }: RequestsProps): JSX.Element {
  const [most, setMost] = useState(mostShown)
  return (
    <ol class="requests" aria-label="Requests, the latest first">
      {list.slice(0, most).map(({ number, at, method, url, notes, world, status, ms }) => (
        <li key={number}>
          <a href={hrefOf(['log', String(number)])} aria-current={number === open ? 'true' : undefined}>
            <time class="quiet">{timeText(at)}</time>
            <MethodName name={method} />
            <span class="url">
              <bdi>{url}</bdi>
              {notes.length > 0 && <span class="note">{notes.join('; ')}</span>}
            </span>
            {world !== '' && <span class="chip">{world}</span>}
            <StatusCode code={status} />
            <span class="quiet figure">{millisecondsText(ms)}</span>
          </a>
        </li>
      ))}
      {list.length > most && (
        <li>
          <button type="button" class="small" onClick={() => setMost(most + 500)}>
            Earlier ones
          </button>
        </li>
      )}
      {isEmpty && <li class="quiet">Nothing has been asked yet.</li>}
    </ol>
  )
}

function fits({ method, url, world, status, notes, operation }: RequestSummary, { text, sort }: LogFilter): boolean {
  const code = status ?? 599
  const isSort =
    sort === '' ||
    (sort === 'fine' && code < 400) ||
    (sort === 'refused' && code >= 400 && code < 500) ||
    (sort === 'failed' && code >= 500) ||
    (sort === 'noted' && notes.length > 0)
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const all = `${method} ${url} ${world} ${status ?? 'cut'} ${operation ?? ''}`.toLowerCase()
  return isSort && words.every((word) => all.includes(word))
}

function Exchange({ number }: { number: number }): JSX.Element {
  const { value, error } = useLoaded(() => callControl<RequestDetail>(`/requests/${number}`), [number])
  if (!value)
    return (
      <section class="card" aria-label="Request">
        <p class={error === undefined ? 'quiet' : 'alarm'}>{error ?? 'Asking…'}</p>
      </section>
    )
  return (
    <section class="card" aria-label={`Request ${number}`}>
      <p class="verdict">
        <MethodName name={value.method} /> <StatusCode code={value.status} />{' '}
        <span class="quiet">{millisecondsText(value.ms)}</span> <span class="quiet">{bytesText(value.size)}</span>
        <span class="grow" />
        <button type="button" class="small" onClick={() => void runAction('Sent again.', () => repeat(value))}>
          Send again
        </button>
        {value.api !== undefined && value.operation !== undefined && (
          <a class="button small" href={hrefOf(['api', value.api, 'op', value.operation], queryOf(value.url))}>
            Open as form
          </a>
        )}
        <button type="button" class="small" aria-label="Close" onClick={() => navigate(hrefOf(['log']))}>
          ✕
        </button>
      </p>
      <p class="url whole">
        <bdi>{value.url}</bdi>
      </p>
      {value.notes.length > 0 && <p class="warn-text">{value.notes.join('; ')}</p>}
      {value.isCut && <p class="quiet">Only the beginning of the answer was kept.</p>}
      {value.api !== undefined && (
        <ViolationList list={value.breaches} none="Request and answer are as documented, and every law holds." />
      )}
      <Part name="Request" part={value.request} />
      {value.answer && <Part name="Answer" part={value.answer} />}
    </section>
  )
}

function Part({ name, part: { headers, body, size } }: { name: string; part: LoggedPart }): JSX.Element {
  const json = body === undefined ? undefined : parseJson(body)
  return (
    <>
      <h2>{name}</h2>
      <HeaderFields fields={headers} />
      {body === undefined ? (
        <p class="quiet">{size === 0 ? 'No body.' : `${bytesText(size)} that are no text.`}</p>
      ) : json === undefined ? (
        <pre class="body">{body.slice(0, 100_000)}</pre>
      ) : (
        <JsonView value={json} />
      )}
    </>
  )
}

/** Header fields that a browser sets itself. */
const forbidden =
  /^(?:host|connection|content-length|accept-encoding|accept-charset|cookie|origin|referer|date|expect|te|trailer|transfer-encoding|upgrade|via|keep-alive|proxy-.*|sec-.*)$/i

/** Asks the same again; what was masked is any credential. */
async function repeat({ method, url, request }: RequestDetail): Promise<void> {
  const headers = new Headers()
  for (const [name, value] of request.headers)
    if (!forbidden.test(name)) headers.append(name, value.replaceAll('***', 'any'))
  await sendRequest(url.replaceAll('=***', '=any'), method, headers, request.body)
}

const queryOf = (url: string): Readonly<Record<string, string>> =>
  Object.fromEntries(new URL(url, location.origin).searchParams)
