import { watchOf } from '../contracts/index.ts'
import { formatDay } from '../spec/index.ts'
import { address } from './address.ts'
import { day } from './day.ts'
import { openModel } from './models.ts'
import type { OwnDocument } from './models.ts'
import { forward } from './proxy/forward.ts'
import { startInspector } from './proxy/inspector.ts'
import { sayNoticed, sayProxied, sayProxySummary } from './proxy/say.ts'
import { sayError, sayStopping } from './say.ts'
import { onStop } from './signals.ts'
import { whole } from './whole.ts'

/** Options of `proforma proxy`, as the command line has them. */
export interface ProxyFlags extends OwnDocument {
  readonly url: string
  readonly port: string
  readonly host: string
  readonly today: string
  readonly tolerance: string
  readonly timeout: string
  readonly fail?: boolean
  readonly wait?: boolean
  readonly record?: string
  readonly salt?: string
}

/** Bytes of a body that are looked at. */
const maxBytes = 20_000_000

/**
 * Passes requests on until a signal comes, prints what breaks the contract as it passes, and returns 0 where nothing did, else 1.
 * @throws Failure for what the command line states wrongly, or a port that cannot be listened on.
 */
export async function proxyCommand(name: string | undefined, flags: ProxyFlags): Promise<number> {
  const { baseUrl, authorization } = address('--url', flags.url)
  const port = whole('--port', flags.port, { least: 0, most: 65_535 })
  const tolerance = whole('--tolerance', flags.tolerance, { least: 0, most: 1_000_000 })
  const timeout = whole('--timeout', flags.timeout, { least: 1, most: 3600 }) * 1000
  const today = day('--today', flags.today)
  const { document, overlay, record, salt, host } = flags
  const model = openModel(name, flags)
  const own: OwnDocument = { ...(document !== undefined && { document }), ...(overlay && { overlay }) }
  const counts = { exchanges: 0, violations: 0, skipped: 0 }
  const failures = new Set<string>()
  const inspector = startInspector({ own, ...(name !== undefined && { name }), tolerance, today, maxBytes, ...(record !== undefined && { record }), ...(salt !== undefined && { salt }) }, {
    onTold(told) {
      counts.exchanges++
      counts.violations += told.violations.length
      process.stdout.write(sayNoticed(told))
    },
    onSkipped: () => void counts.skipped++,
    onFailure(message) {
      if (!failures.has(message)) console.error(sayError(message))
      failures.add(message)
    },
  })
  const fail = flags.fail ?? false
  const watch = watchOf(model, { tolerance, today })
  // Compiles what requests are checked by, so that the first ones need not wait for it.
  for (const { method, path } of model.operations) watch.exchange({ method, target: path, headers: new Headers(), answer: { status: 200, headers: new Headers() } })
  const proxy = await forward({ baseUrl, ...(authorization !== undefined && { authorization }), host, port, timeout, maxBytes, fail, wait: fail || (flags.wait ?? false), watch, inspect: inspector.inspect })
  process.stdout.write(sayProxied({ title: model.title, baseUrl, url: proxy.url, today: formatDay(today), ...(record !== undefined && { record }) }))
  await new Promise<void>((resolve) => {
    onStop(() => {
      if (process.stderr.isTTY) console.error(sayStopping())
      resolve()
    })
  })
  await proxy.close()
  await inspector.close()
  process.stdout.write(sayProxySummary(counts))
  // What could not be looked at may have broken anything.
  return failures.size > 0 ? 2 : counts.violations > 0 ? 1 : 0
}
