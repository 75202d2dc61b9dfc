// Formats logged requests for standard output and masks secrets in them.

import { write, writeSync } from 'node:fs'
import { styleText } from 'node:util'
import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib'
import { shownRequestOf } from '../../contracts/mask/shown-request.ts'
import type { HeaderPairs, LoggedRequest } from '../../mocks/server.ts'
import { oneLine, oneLineJson, printable } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import type { RequestFacts } from './request-facts.ts'

/** How requests are told of on standard output. */
export interface RequestLinesOptions {
  readonly log: 'text' | 'json'
  readonly verbose: boolean
}

type Style = Parameters<typeof styleText>[0]
const out = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout })

/** Characters of a path that are shown: who sends more sees in the desk what it was. */
const longest = 300

/** Returns one request as a line, or as several where bodies are to be seen. */
export function requestLine(
  request: LoggedRequest,
  facts: RequestFacts,
  { log, verbose }: RequestLinesOptions,
): string {
  return log === 'json'
    ? `${oneLineJson(asJson(request, facts, verbose))}\n`
    : `${asText(request, facts)}\n${verbose ? bodies(request, facts) : ''}`
}

function asText({ method, url, answer, ms, world }: LoggedRequest, facts: RequestFacts): string {
  const status = answer?.status
  return [
    out('bold', method.padEnd(4)),
    shown(maskedUrl(url, facts)),
    status === undefined ? out('red', 'cut') : out(colourOf(status), String(status)),
    out('dim', `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`),
    ...(world === '' ? [] : [out('dim', `world ${shown(world)}`)]),
    ...(facts.notes.length === 0 ? [] : [out('yellow', `(${facts.notes.map(shown).join('; ')})`)]),
  ].join(' ')
}

const colourOf = (status: number): Style =>
  status < 300 ? 'green' : status < 400 ? 'cyan' : status < 500 ? 'yellow' : 'red'

function shown(text: string): string {
  const line = printable(oneLine(text))
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}

function bodies({ headers, body, answer }: LoggedRequest, { model }: RequestFacts): string {
  const part = (sign: string, fields: LoggedRequest['headers'], bytes: Uint8Array | undefined): string[] => [
    ...maskedHeaders(fields, model).map(([name, value]) => `${sign} ${name}: ${value}`),
    ...(bytes === undefined || bytes.length === 0
      ? []
      : (maskedBody(bytes, fields, model) ?? `${bytes.length} bytes that are no text`)
          .split('\n')
          .map((line) => `${sign} ${line}`)),
  ]
  return [...part('>', headers, body), ...(answer ? part('<', answer.headers, answer.body) : [])]
    .map((line) => `  ${out('dim', printable(line))}\n`)
    .join('')
}

function asJson(request: LoggedRequest, { model, operation, notes }: RequestFacts, verbose: boolean): object {
  const { at, method, url, answer, ms, world, headers, body } = request
  return {
    at: new Date(at).toISOString(),
    method,
    path: maskedUrl(url, { model, operation }),
    status: answer?.status ?? null,
    ms: Math.round(ms * 10) / 10,
    world,
    ...(model && { api: model.name }),
    ...(operation && { operation: operation.id }),
    notes,
    ...(verbose && {
      request: {
        headers: maskedHeaders(headers, model),
        body: body ? (maskedBody(body, headers, model) ?? null) : null,
      },
      answer: answer
        ? {
            headers: maskedHeaders(answer.headers, model),
            body: maskedBody(answer.body, answer.headers, model) ?? null,
          }
        : null,
    }),
  }
}

/** Characters that may wait to be written. */
const mostWaiting = 1_048_576

/**
 * Writes texts to standard output one after the other and never waits for who reads them: a pipe that nobody reads would stop the
 * server. Where too much is waiting, texts are left out, and it is said how many.
 */
export class PatientOutput {
  #waiting: string[] = []
  #size = 0
  #left = 0
  #isWriting = false

  add(text: string): void {
    if (this.#size + text.length > mostWaiting) return void this.#left++
    this.#waiting.push(text)
    this.#size += text.length
    if (!this.#isWriting) this.#schedule()
  }

  /** Writes what is waiting, where nobody has to be waited for. */
  close(): void {
    if (this.#isWriting || this.#size === 0) return
    try {
      writeSync(process.stdout.fd, this.#take())
    } catch {
      // Nobody reads it any more.
    }
  }

  #take(): string {
    const left = this.#left > 0 ? `${this.#left} requests were left out here: nobody read fast enough.\n` : ''
    const text = this.#waiting.join('') + left
    this.#waiting = []
    this.#size = 0
    this.#left = 0
    return text
  }

  #schedule(): void {
    this.#isWriting = true
    // Requests of one moment are written at once.
    setTimeout(() => this.#send(Buffer.from(this.#take())), 5).unref()
  }

  #send(bytes: Buffer): void {
    write(process.stdout.fd, bytes, (error, written) => {
      if (error && error.code !== 'EAGAIN') {
        this.#isWriting = false
        return
      }
      const rest = bytes.subarray(error ? 0 : written)
      if (rest.length > 0) return void setTimeout(() => this.#send(rest), error ? 20 : 0).unref()
      this.#isWriting = false
      if (this.#size > 0) this.#schedule()
    })
  }
}

/** Returns header fields as they may be shown: of secrets only the scheme. */
export const maskedHeaders = (headers: HeaderPairs, model: Model | undefined): HeaderPairs =>
  headers.map(([name, value]) => [name, shownRequestOf(model).header(name, value)] as const)

/** Returns a path with its query as it may be shown. */
export const maskedUrl = (url: string, { model, operation }: Pick<RequestFacts, 'model' | 'operation'>): string =>
  shownRequestOf(model).url(url, operation)

/** Returns a body as text as it may be shown; `undefined` where it is no text. */
export function maskedBody(body: Uint8Array, headers: HeaderPairs, model: Model | undefined): string | undefined {
  const text = textOf(body, headers)
  return text === undefined ? undefined : shownRequestOf(model).body(text, valueOf(headers, 'content-type') ?? '')
}

/** Returns a body as text, unpacked; `undefined` where it is none. Of one that was cut off, the beginning. */
export function textOf(body: Uint8Array, headers: HeaderPairs): string | undefined {
  const coding = valueOf(headers, 'content-encoding')?.toLowerCase()
  try {
    const bytes = coding === 'gzip' ? gunzipSync(body, cut) : coding === 'br' ? brotliDecompressSync(body) : body
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    // What an archive or a picture has, and no text.
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

const cut = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16_777_216 }

/** Returns the value of a header field. */
export const valueOf = (headers: HeaderPairs, name: string): string | undefined =>
  headers.find(([known]) => known.toLowerCase() === name)?.[1]
