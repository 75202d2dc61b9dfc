// Runs the proxy command: forwards requests to an API and prints violations.

import { exchangeInspector } from '../contracts/index.ts'
import { formatDay } from '../spec/index.ts'
import { readText } from '../spec/load.ts'
import { openModel } from './models.ts'
import type { OwnDocument } from './models.ts'
import { readOptions } from './options/read.ts'
import type { Flags } from './options/table.ts'
import { startProxy } from './proxy/proxy-server.ts'
import { OwnCookies } from './proxy/own-cookies.ts'
import { startInspector } from './proxy/inspector.ts'
import { memoryBudget } from './proxy/body-buffer.ts'
import { unansweredText, findingsText, proxiedText, proxySummary } from './proxy/proxy-output.ts'
import { styledError } from './terminal.ts'
import { connectionLimits } from './options/serving.ts'
import { untilStopped } from './signals.ts'
import { printText, warnLine } from './output.ts'

/** Bytes of all bodies that wait for their inspection. */
const mostBytes = 256_000_000

/**
 * Forwards requests until a signal comes, and prints what breaks the contract. Returns exit code 0 where nothing does, 1 where something
 * does, and 2 where nothing could be inspected.
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
    // The inspector's thread has no standard input.
    ...(document === '-' && { text: readText('-') }),
  }
  const model = openModel(name, own)
  const counts = { exchanges: 0, violations: 0, skipped: 0, unread: 0, unanswered: 0 }
  const failures = new Set<string>()
  const budget = memoryBudget(mostBytes)
  const thread = startInspector(
    {
      own,
      ...(name !== undefined && { name }),
      tolerance,
      today,
      showValues,
      maxBytes,
      ...(record !== undefined && { record }),
      ...(salt !== undefined && { salt }),
      isLowPriority: !wait,
    },
    budget,
    {
      onResult(result) {
        counts.exchanges++
        counts.violations += result.violations.length
        if (result.isUnread) counts.unread++
        if (result.violations.length > 0) printText(findingsText(result))
      },
      onSkipped: () => void counts.skipped++,
      onFailure(message) {
        if (!failures.has(message)) warnLine(styledError(message))
        failures.add(message)
      },
    },
  )
  await thread.started
  const stopped = untilStopped()
  const proxy = await startProxy({
    baseUrl,
    ...(authorization !== undefined && { authorization }),
    host,
    port,
    limits: connectionLimits(options),
    timeout,
    cookies: new OwnCookies(model),
    maxBytes,
    budget,
    fail,
    wait,
    inspector: exchangeInspector(model, { tolerance, today, showValues }),
    inspect: thread.inspect,
    inspectLater: thread.inspectLater,
    onUnanswered(request, reason) {
      counts.unanswered++
      printText(unansweredText(request, reason))
    },
  })
  printText(
    proxiedText({
      title: model.title,
      baseUrl,
      url: proxy.url,
      today: formatDay(today),
      ...(record !== undefined && { record }),
    }),
  )
  await stopped
  await proxy.close()
  await thread.close()
  printText(proxySummary(counts))
  // What was not inspected may have broken anything, and an upstream that never answers is unreachable.
  return failures.size > 0 || (counts.exchanges === 0 && counts.unanswered > 0) ? 2 : counts.violations > 0 ? 1 : 0
}
