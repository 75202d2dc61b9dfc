import { failure } from '../../spec/index.ts'
import type { Outcome } from './transport.ts'

/** Requests that may go unanswered before the first answer. */
const most = 3

/** Watches whether anybody answers at all: a run without one answer says nothing about a contract. */
export interface Connectivity {
  /** @throws Failure where nobody is there, or nobody has answered for long; from then on always. */
  see(outcome?: Outcome): void
  /** @throws Failure where there was no answer from beginning to end. */
  end(): void
}

/** Returns what watches the answers of a server; one that is slow or breaks off may still answer the next request. */
export function connectivityOf(baseUrl: string, conceal: (text: string) => string): Connectivity {
  let isReached = false
  let silences = 0
  let first = ''
  const lost = (reason: string): Error =>
    failure(`reach ${baseUrl}`, { expected: 'an answer', received: conceal(reason), cure: cureFor(reason) })
  return {
    see(outcome) {
      if (outcome && outcome.kind !== 'silent') isReached = true
      if (isReached) return
      if (outcome?.kind === 'silent') {
        first ||= outcome.reason
        silences += outcome.isHeard ? 1 : most
      }
      if (silences >= most) throw lost(first)
    },
    end() {
      if (silences > 0 && !isReached) throw lost(first)
    },
  }
}

/** In OpenSSL’s words. */
const cureFor = (reason: string): string =>
  reason.startsWith('none within')
    ? 'Is the server running? Where it is slow, allow it more time.'
    : /self-signed|issuer|verify the first certificate/.test(reason)
      ? 'Where the authority that signed it is your own, name its file in NODE_EXTRA_CA_CERTS.'
      : 'Is the server running, and is the URL right?'
