import { readdirSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { exchangeRecorder, recordingName, exchangeInspector } from '../../contracts/index.ts'
import type { InspectedExchange, HttpExchange, ExchangeInspectorOptions } from '../../contracts/index.ts'
import { isJson } from '../../spec/index.ts'
import { modelFor } from '../models.ts'
import type { OwnDocument } from '../models.ts'
import { headersIn } from './headers.ts'
import { joined } from './passed.ts'
import type { Passed } from './passed.ts'

/** What an inspector is to do: it loads the model itself, because models do not travel between threads. */
export interface Orders extends Pick<ExchangeInspectorOptions, 'tolerance' | 'today' | 'showValues'> {
  readonly name?: string
  readonly own: OwnDocument
  readonly maxBytes: number
  /** Folder to keep exchanges in. */
  readonly record?: string
  readonly salt?: string
  /** Nobody waits for it. */
  readonly isPatient: boolean
}

/** What an inspector found. */
export interface Told extends Omit<InspectedExchange, 'operation'> {
  /** operationId */
  readonly operation?: string
  /** The answer's body is JSON by its type, and was too long to be read, or no text. */
  readonly isUnread: boolean
}

/** What an inspector says of one exchange. */
export interface Word {
  readonly id: number
  readonly told?: Told
  readonly failure?: string
}

function work({ name, own, maxBytes, record, salt, isPatient, ...options }: Orders, port: MessagePort): void {
  if (isPatient) stepBack()
  const model = modelFor(name, own)
  const inspector = exchangeInspector(model, options)
  const recorder = exchangeRecorder(model, { ...(salt !== undefined && { salt }) })
  let number = record === undefined ? 0 : greatestIn(record)

  function inspect(passed: Passed): Told {
    const passing = passingOf(passed, maxBytes)
    const { operation, ...rest } = inspector.exchange(passing)
    const recording = record === undefined ? undefined : recorder.record({ operation, ...rest }, passing)
    if (record !== undefined && recording)
      writeFileSync(join(record, recordingName(++number, recording)), `${JSON.stringify(recording, null, 2)}\n`, {
        flag: 'wx',
      })
    return { ...rest, ...(operation && { operation: operation.id }), isUnread: isUnread(passing) }
  }

  // From here on it can look.
  port.postMessage([])
  port.on('message', (exchanges: readonly (readonly [id: number, passed: Passed])[]) => {
    port.postMessage(
      exchanges.map(([id, passed]): Word => {
        try {
          return { id, told: inspect(passed) }
        } catch (error) {
          return { id, failure: (error as Error).message }
        }
      }),
    )
  })
}

/** Who passes exchanges on comes first. Only Linux knows priorities of threads; elsewhere it would be the whole process. */
function stepBack(): void {
  try {
    if (process.platform === 'linux') setPriority(10)
  } catch {
    // Some containers forbid it.
  }
}

/** Recordings of another day are kept, and counted on. */
const greatestIn = (folder: string): number =>
  Math.max(0, ...readdirSync(folder).map((file) => Number(/^(\d+)-.*\.json$/.exec(file)?.[1] ?? 0)))

function passingOf(
  { method, target, headers, body, status, answerHeaders = [], answerBody }: Passed,
  maxBytes: number,
): HttpExchange {
  const asked = { method, target, headers: headersIn(headers), ...(body && { body: joined(body) }) }
  if (status === undefined) return asked
  const received = headersIn(answerHeaders)
  const text = answerBody && textOf(joined(answerBody), received.get('content-encoding'), maxBytes)
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

/** Returns a body as text, or `undefined` where it is none, or unpacks to more than is allowed. */
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

if (parentPort) work(workerData as Orders, parentPort)
