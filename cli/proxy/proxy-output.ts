// Formats what the proxy prints.

import { styleText } from 'node:util'
import { oneLine, printable } from '../../spec/index.ts'
import { formatTable, plural } from '../terminal.ts'
import type { InspectionResult } from './inspector-thread.ts'

type Style = Parameters<typeof styleText>[0]
const out = (style: Style, text: string): string => styleText(style, printable(text), { stream: process.stdout })

/** What a proxy prints at start. */
export interface ProxiedText {
  readonly title: string
  readonly baseUrl: string
  readonly url: string
  readonly today: string
  readonly record?: string
}

/** Returns the line that says what is forwarded where. */
export const proxiedText = ({ title, baseUrl, url, today, record }: ProxiedText): string =>
  `${formatTable([[out('bold', title), out('cyan', url), out('dim', `→ ${baseUrl}, today ${today}${record === undefined ? '' : `, recorded in ${record}`}`)]])}\n${out('dim', 'Ctrl-C stops.')}\n\n`

/** Violations of one exchange that are printed; the rest are counted. */
const most = 10

/** Returns the text about an exchange with violations. */
export function findingsText({ request, status, violations }: InspectionResult): string {
  const heading = `${line(request)}  ${status ?? 'not forwarded'}  ${out('red', plural(violations.length, 'violation'))}`
  const lines = violations
    .slice(0, most)
    .flatMap(({ code, says, side, severity, pointer, expected, received, place }) => [
      `  ${out(severity === 'warning' ? 'yellow' : 'red', code)}  ${says}${side === 'request' ? out('dim', ' (request)') : ''}`,
      `    ${line(`${pointer === '' ? '' : `${pointer}  `}expected ${expected} but received ${received}`)}`,
      ...(place ? [out('dim', `    documented in ${place.file}:${place.line}:${place.column}`)] : []),
    ])
  const rest = violations.length - most
  return `${[heading, ...lines, ...(rest > 0 ? [`  and ${rest} more`] : [])].join('\n')}\n\n`
}

const line = (text: string): string => printable(oneLine(text))

/** Returns the line about a request that got no response, or a part of one. */
export const unansweredText = (request: string, reason: string): string =>
  `${line(request)}  ${out('yellow', 'no answer')}  ${line(reason)}\n\n`

/** Counts of a whole run. */
export interface ProxySummary {
  readonly exchanges: number
  readonly violations: number
  /** Exchanges that came faster than they could be inspected. */
  readonly skipped: number
  /** Exchanges whose bodies were too large, or no text. */
  readonly unread: number
  /** Requests that got no response of the upstream, or a part of one. */
  readonly unanswered: number
}

/** Returns the summary of a run. */
export function proxySummary({ exchanges, violations, skipped, unread, unanswered }: ProxySummary): string {
  const found = out(
    violations > 0 ? 'red' : 'green',
    `${violations === 0 ? 'No violations' : plural(violations, 'violation')} in ${plural(exchanges, 'exchange')}.`,
  )
  return `${found}${skipped > 0 ? ` ${plural(skipped, 'exchange')} came too fast and passed unread.` : ''}${unread > 0 ? ` ${plural(unread, 'JSON answer')} passed unread: longer than --max-bytes, or no text.` : ''}${unanswered > 0 ? ` The upstream left ${plural(unanswered, 'request')} without an answer.` : ''}\n`
}
