import type { InspectedExchange } from '../../contracts/index.ts'
import type { RawHeaders } from './headers.ts'

/** An exchange that went through, as it went; a body that was not kept whole is missing. */
export interface Passed {
  readonly method: string
  readonly target: string
  readonly headers: RawHeaders
  readonly body?: readonly Uint8Array[]
  readonly status?: number
  readonly answerHeaders?: RawHeaders
  readonly answerBody?: readonly Uint8Array[]
}

/** What was found in an exchange. */
export interface Found extends Pick<InspectedExchange, 'request' | 'violations'> {
  /** Who looks has ended: nothing is known of it. */
  readonly isUnseen?: boolean
}

/** Returns how many bytes the bodies of an exchange have. */
export const sizeOf = ({ body = [], answerBody = [] }: Passed): number =>
  [...body, ...answerBody].reduce((sum, { byteLength }) => sum + byteLength, 0)

/** Returns pieces as one, in memory of its own. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
