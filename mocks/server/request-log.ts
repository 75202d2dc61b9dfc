// The latest requests to a server with their answers.

/** A request and its answer, as they went over the wire. */
export interface ObservedRequest {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Milliseconds from the request to the end of the answer. */
  readonly ms: number
  /** Name of the world that answered; empty for the first. */
  readonly world: string
  /** Where the API that was asked is mounted; missing where none was. */
  readonly prefix?: string
  readonly method: string
  /** Path and query as they were sent. */
  readonly url: string
  /** Path and query as the document has them. */
  readonly target: string
  readonly headers: HeaderPairs
  /** Missing where there was none. */
  readonly body?: Uint8Array
  /** Missing where the connection was cut before an answer. */
  readonly answer?: ObservedAnswer
}

/** An answer as it went over the wire. */
export interface ObservedAnswer {
  readonly status: number
  readonly headers: HeaderPairs
  /** The beginning of the body, encoded as it was sent. */
  readonly body: Uint8Array
  /** Bytes that were sent. */
  readonly size: number
  /** Tells whether all of it was sent. */
  readonly isWhole: boolean
}

/** Names and values of header fields. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[]

/** An observed request in a log. */
export interface LoggedRequest extends ObservedRequest {
  /** From 1, in the order in which answers ended. */
  readonly number: number
}

/** How much a log keeps. */
interface RequestLogOptions {
  /** Requests; 1,000 unless given. */
  readonly maxRequests?: number
  /** Bytes of bodies; 16 MiB unless given. */
  readonly maxBytes?: number
}

/** The latest requests to a server. Where there are too many, the oldest are forgotten. */
export class RequestLog {
  readonly #maxRequests: number
  readonly #maxBytes: number
  #requests: LoggedRequest[] = []
  #bytes = 0
  #number = 0
  readonly #listeners = new Set<(request: LoggedRequest) => void>()

  constructor({ maxRequests = 1000, maxBytes = 16_777_216 }: RequestLogOptions = {}) {
    this.#maxRequests = maxRequests
    this.#maxBytes = maxBytes
  }

  /** Keeps a request, tells it to who listens, and returns it with its number. */
  add(observed: ObservedRequest): LoggedRequest {
    const request = { ...observed, number: ++this.#number }
    this.#requests.push(request)
    this.#bytes += sizeOf(request)
    while (this.#requests.length > this.#maxRequests || (this.#bytes > this.#maxBytes && this.#requests.length > 1))
      this.#bytes -= sizeOf(this.#requests.shift() as LoggedRequest)
    for (const listener of this.#listeners) listener(request)
    return request
  }

  /** Returns the requests that are kept, the oldest first. */
  list(): readonly LoggedRequest[] {
    return this.#requests
  }

  /** Returns the request of a number, `undefined` where it is forgotten, or not there yet. */
  find(number: number): LoggedRequest | undefined {
    return this.#requests.find((request) => request.number === number)
  }

  /** Forgets all requests; numbers go on. */
  clear(): void {
    this.#requests = []
    this.#bytes = 0
  }

  /** Tells a listener what comes from now on; returns what stops that. */
  listen(listener: (request: LoggedRequest) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

const sizeOf = ({ body, answer }: ObservedRequest): number => (body?.byteLength ?? 0) + (answer?.body.byteLength ?? 0)
