import { styleText } from 'node:util'
import { oneLine, printable } from '../../spec/index.ts'
import { plural, table } from '../say.ts'
import type { Told } from './inspect.ts'

type Style = Parameters<typeof styleText>[0]
const out = (style: Style, text: string): string => styleText(style, printable(text), { stream: process.stdout })

/** What a proxy tells about itself. */
export interface ProxiedText {
  readonly title: string
  readonly baseUrl: string
  readonly url: string
  readonly today: string
  readonly record?: string
}

/** Returns what is passed on where. */
export const sayProxied = ({ title, baseUrl, url, today, record }: ProxiedText): string =>
  `${table([[out('bold', title), out('cyan', url), out('dim', `→ ${baseUrl}, today ${today}${record === undefined ? '' : `, recorded in ${record}`}`)]])}\n${out('dim', 'Ctrl-C stops.')}\n\n`

/** More of one exchange than this is counted, not told. */
const most = 10

/** Returns what was found in an exchange. */
export function sayNoticed({ request, status, violations }: Told): string {
  const heading = `${line(request)}  ${status ?? 'not passed on'}  ${out('red', plural(violations.length, 'violation'))}`
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

/** Returns that the upstream gave no answer, or half of one. */
export const sayMissed = (request: string, reason: string): string =>
  `${line(request)}  ${out('yellow', 'no answer')}  ${line(reason)}\n\n`

/** What all exchanges came to. */
export interface ProxySummary {
  readonly exchanges: number
  readonly violations: number
  /** Came faster than they could be looked at. */
  readonly skipped: number
  /** Had bodies that were too long, or no text. */
  readonly unread: number
  /** Had no answer of the upstream, or half of one. */
  readonly missed: number
}

/** Returns what all exchanges came to. */
export function sayProxySummary({ exchanges, violations, skipped, unread, missed }: ProxySummary): string {
  const found = out(
    violations > 0 ? 'red' : 'green',
    `${violations === 0 ? 'No violations' : plural(violations, 'violation')} in ${plural(exchanges, 'exchange')}.`,
  )
  return `${found}${skipped > 0 ? ` ${plural(skipped, 'exchange')} came too fast and passed unread.` : ''}${unread > 0 ? ` ${plural(unread, 'JSON answer')} passed unread: longer than --max-bytes, or no text.` : ''}${missed > 0 ? ` The upstream left ${plural(missed, 'request')} without an answer.` : ''}\n`
}
