// Inspects and records exchanges in a worker thread.

import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { exchangeRecorder, recordingName, exchangeInspector } from '../../contracts/index.ts'
import type { InspectedExchange, HttpExchange, ExchangeInspectorOptions } from '../../contracts/index.ts'
import { failure, isJson } from '../../spec/index.ts'
import { modelFor } from '../models.ts'
import type { OwnDocument } from '../models.ts'
import { concat } from './body-buffer.ts'
import type { RawExchange } from './exchange.ts'
import { toHeaders } from './exchange.ts'

/** Options of the thread, which loads the model itself, because models cannot be sent to threads. */
export interface ThreadOptions extends Pick<ExchangeInspectorOptions, 'tolerance' | 'today' | 'showValues'> {
  readonly name?: string
  readonly own: OwnDocument
  readonly maxBytes: number
  /** Folder of recordings. */
  readonly record?: string
  readonly salt?: string
  /** Runs at a lower priority, because no client waits for it. */
  readonly isLowPriority: boolean
}

/** What an inspection found. */
export interface InspectionResult extends Omit<InspectedExchange, 'operation'> {
  /** operationId */
  readonly operation?: string
  /** The response's body is JSON by its media type, and was too large to be read, or is no text. */
  readonly isUnread: boolean
}

/** What the thread sends back for one exchange. */
export interface InspectorMessage {
  readonly id: number
  readonly result?: InspectionResult
  readonly failure?: string
}

function work(
  { name, own, maxBytes, record, salt, isLowPriority, ...options }: ThreadOptions,
  port: MessagePort,
): void {
  if (isLowPriority) lowerPriority()
  const model = modelFor(name, own)
  const inspector = exchangeInspector(model, options)
  const recorder = exchangeRecorder(model, { ...(salt !== undefined && { salt }) })
  let number = record === undefined ? 0 : lastNumberIn(record)

  function inspect(raw: RawExchange): InspectionResult {
    const exchange = httpExchangeOf(raw, maxBytes)
    const { operation, ...rest } = inspector.exchange(exchange)
    const recording = record === undefined ? undefined : recorder.record({ operation, ...rest }, exchange)
    if (record !== undefined && recording)
      keep(join(record, recordingName(++number, recording)), `${JSON.stringify(recording, null, 2)}\n`)
    return { ...rest, ...(operation && { operation: operation.id }), isUnread: isUnread(exchange) }
  }

  // The first message says that the thread is ready.
  port.postMessage([])
  port.on('message', (exchanges: readonly (readonly [id: number, exchange: RawExchange])[]) => {
    port.postMessage(
      exchanges.map(([id, exchange]): InspectorMessage => {
        try {
          return { id, result: inspect(exchange) }
        } catch (error) {
          return { id, failure: (error as Error).message }
        }
      }),
    )
  })
}

/** Writes a recording whole or not at all. @throws Failure where it cannot be written. */
function keep(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Half of one cannot be replayed; one that is there is another proxy's.
    if (code !== 'EEXIST') rmSync(file, { force: true })
    throw failure(`record ${file}`, { expected: 'a file that can be written', received: code ?? String(error) })
  }
}

/** Lets the thread that forwards run first. Only Linux has priorities of threads; elsewhere this would concern the whole process. */
function lowerPriority(): void {
  try {
    if (process.platform === 'linux') setPriority(10)
  } catch {
    // Some containers forbid it.
  }
}

/** Returns the greatest number of a recording in a folder, so that earlier recordings are kept. */
const lastNumberIn = (folder: string): number =>
  Math.max(0, ...readdirSync(folder).map((file) => Number(/^(\d+)-.*\.json$/.exec(file)?.[1] ?? 0)))

function httpExchangeOf(
  { method, target, headers, body, status, responseHeaders = [], responseBody }: RawExchange,
  maxBytes: number,
): HttpExchange {
  const asked = { method, target, headers: toHeaders(headers), ...(body && { body: concat(body) }) }
  if (status === undefined) return asked
  const received = toHeaders(responseHeaders)
  const text = responseBody && textOf(concat(responseBody), received.get('content-encoding'), maxBytes)
  return { ...asked, answer: { status, headers: received, ...(text !== undefined && { body: text }) } }
}

const isUnread = ({ answer }: HttpExchange): boolean =>
  answer !== undefined && answer.body === undefined && isJson(answer.headers.get('content-type') ?? '')

const decoders: Readonly<Record<string, (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Decodes a body to text; `undefined` where it is no text, or decompresses to more than `maxBytes`. */
function textOf(bytes: Uint8Array, encoding: string | null, maxBytes: number): string | undefined {
  try {
    const codings = (encoding ?? '')
      .toLowerCase()
      .split(',')
      .map((coding) => coding.trim())
      .filter((coding) => coding !== '' && coding !== 'identity')
    const plain = codings.reduceRight(
      (packed, coding) =>
        (decoders[coding] as NonNullable<(typeof decoders)[string]>)(packed, { maxOutputLength: maxBytes }),
      bytes,
    )
    return utf8.decode(plain)
  } catch {
    return undefined
  }
}

if (parentPort) work(workerData as ThreadOptions, parentPort)
