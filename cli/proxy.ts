import { exchangeInspector } from '../contracts/index.ts'
import type { ExchangeInspector } from '../contracts/index.ts'
import { formatDay } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'
import { readText } from '../spec/load.ts'
import { openModel } from './models.ts'
import type { OwnDocument } from './models.ts'
import { readOptions } from './options/read.ts'
import type { Flags } from './options/values.ts'
import { forward } from './proxy/forward.ts'
import { startInspector } from './proxy/inspector.ts'
import { budgetOf } from './proxy/keep.ts'
import { remembering } from './proxy/remember.ts'
import { sayMissed, sayNoticed, sayProxied, sayProxySummary } from './proxy/say.ts'
import { sayError } from './say.ts'
import { connectionLimits } from './options/limits.ts'
import { untilStopped } from './serve/until-stopped.ts'

/** Bytes of all bodies that are kept until they have been looked at. */
const mostBytes = 256_000_000

/**
 * Passes requests on until a signal comes, prints what breaks the contract as it passes, and returns 0 where nothing did, else 1; 2 where
 * nothing could be looked at.
 * @throws Failure for what the command line states wrongly, or a port that cannot be listened on.
 */
export async function proxyCommand(name: string | undefined, flags: Flags<'proxy'>): Promise<number> {
  const options = readOptions('proxy', flags)
  const { baseUrl, authorization } = options.url
  const {
    port,
    host,
    today,
    tolerance,
    maxBytes,
    document,
    overlay,
    files,
    allowRemote,
    record,
    salt,
    fail,
    showValues,
  } = options
  const timeout = options.timeout * 1000
  const wait = fail || options.wait
  const own: OwnDocument = {
    ...(document !== undefined && { document }),
    ...(overlay && { overlay }),
    ...(files && { files }),
    allowRemote,
    // The thread that looks at exchanges has no standard input.
    ...(document === '-' && { text: readText('-') }),
  }
  const model = openModel(name, own)
  const counts = { exchanges: 0, violations: 0, skipped: 0, unread: 0, missed: 0 }
  const failures = new Set<string>()
  const budget = budgetOf(mostBytes)
  const inspector = startInspector(
    {
      own,
      ...(name !== undefined && { name }),
      tolerance,
      today,
      showValues,
      maxBytes,
      ...(record !== undefined && { record }),
      ...(salt !== undefined && { salt }),
      isPatient: !wait,
    },
    budget,
    {
      onTold(told) {
        counts.exchanges++
        counts.violations += told.violations.length
        if (told.isUnread) counts.unread++
        if (told.violations.length > 0) process.stdout.write(sayNoticed(told))
      },
      onSkipped: () => void counts.skipped++,
      onFailure(message) {
        if (!failures.has(message)) console.error(sayError(message))
        failures.add(message)
      },
    },
  )
  const watch = exchangeInspector(model, { tolerance, today, showValues })
  warmUp(watch, model)
  await inspector.started
  const stopped = untilStopped()
  const proxy = await forward({
    baseUrl,
    ...(authorization !== undefined && { authorization }),
    host,
    port,
    limits: connectionLimits(options),
    timeout,
    maxBytes,
    budget,
    fail,
    wait,
    watch: remembering(watch),
    inspect: inspector.inspect,
    overhear: inspector.overhear,
    onMissed(request, reason) {
      counts.missed++
      process.stdout.write(sayMissed(request, reason))
    },
  })
  process.stdout.write(
    sayProxied({
      title: model.title,
      baseUrl,
      url: proxy.url,
      today: formatDay(today),
      ...(record !== undefined && { record }),
    }),
  )
  await stopped
  await proxy.close()
  await inspector.close()
  process.stdout.write(sayProxySummary(counts))
  // What could not be looked at may have broken anything; and an upstream that never answers is none.
  return failures.size > 0 || (counts.exchanges === 0 && counts.missed > 0) ? 2 : counts.violations > 0 ? 1 : 0
}

/** Looks that make Node compile what it looks with. */
const enough = 500

/** Compiles what requests and heads of answers are checked by, so that the first ones need not wait for it. */
function warmUp(watch: ExchangeInspector, { operations }: Model): void {
  const headers = new Headers({ 'content-type': 'application/json' })
  for (let count = 0; count < enough; count += operations.length) {
    for (const { method, path } of operations) {
      const { operation } = watch.request({ method, target: path, headers })
      if (operation) watch.head(operation, { status: 200, headers }, { headers })
    }
    if (operations.length === 0) return
  }
}
