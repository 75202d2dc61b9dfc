// Runs the proxy command: forwards requests to an API and prints violations.

import { exchangeInspector } from '../contracts/index.ts'
import { formatDay } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'
import { readText } from '../spec/load.ts'
import { openModel } from './models.ts'
import type { OwnDocument } from './models.ts'
import { readOptions } from './options/read.ts'
import type { Flags, OptionValues } from './options/table.ts'
import { startProxy } from './proxy/proxy-server.ts'
import type { RunningProxy } from './proxy/proxy-server.ts'
import { OwnCookies } from './proxy/own-cookies.ts'
import { startInspector } from './proxy/inspector.ts'
import type { InspectorEvents, InspectorThread } from './proxy/inspector.ts'
import type { InspectionResult } from './proxy/inspector-thread.ts'
import { memoryBudget } from './proxy/body-buffer.ts'
import type { MemoryBudget } from './proxy/body-buffer.ts'
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
  const own = ownDocumentOf(options)
  const model = openModel(name, own)
  const tally = new Tally()
  const budget = memoryBudget(mostBytes)
  const { today, tolerance, showValues, maxBytes, record, salt } = options
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
      isLowPriority: !(options.fail || options.wait),
    },
    budget,
    tally,
  )
  await thread.started
  const stopped = untilStopped()
  const proxy = await openProxy(model, options, { thread, tally, budget })
  printText(
    proxiedText({
      title: model.title,
      baseUrl: options.url.baseUrl,
      url: proxy.url,
      today: formatDay(today),
      ...(record !== undefined && { record }),
    }),
  )
  await stopped
  await proxy.close()
  await thread.close()
  printText(proxySummary(tally.counts))
  return tally.code
}

function ownDocumentOf({ document, overlay, files, allowRemote }: OptionValues<'proxy'>): OwnDocument {
  return {
    ...(document !== undefined && { document }),
    ...(overlay && { overlay }),
    ...(files && { files }),
    allowRemote,
    // The inspector's thread has no standard input.
    ...(document === '-' && { text: readText('-') }),
  }
}

/** What a proxy works with. */
interface ProxyParts {
  readonly thread: InspectorThread
  readonly tally: Tally
  readonly budget: MemoryBudget
}

function openProxy(
  model: Model,
  options: OptionValues<'proxy'>,
  { thread, tally, budget }: ProxyParts,
): Promise<RunningProxy> {
  const { baseUrl, authorization } = options.url
  const { host, port, maxBytes, fail, today, tolerance, showValues } = options
  return startProxy({
    baseUrl,
    ...(authorization !== undefined && { authorization }),
    host,
    port,
    limits: connectionLimits(options),
    timeout: options.timeout * 1000,
    cookies: new OwnCookies(model),
    maxBytes,
    budget,
    fail,
    wait: fail || options.wait,
    inspector: exchangeInspector(model, { tolerance, today, showValues }),
    inspect: thread.inspect,
    inspectLater: thread.inspectLater,
    onUnanswered: (request, reason) => tally.onUnanswered(request, reason),
  })
}

/** Counts what passes, and prints what breaks the contract. */
class Tally implements InspectorEvents {
  readonly counts = { exchanges: 0, violations: 0, skipped: 0, unread: 0, unanswered: 0 }
  readonly #failures = new Set<string>()

  readonly onResult = (result: InspectionResult): void => {
    this.counts.exchanges++
    this.counts.violations += result.violations.length
    if (result.isUnread) this.counts.unread++
    if (result.violations.length > 0) printText(findingsText(result))
  }

  readonly onSkipped = (): void => void this.counts.skipped++

  readonly onFailure = (message: string): void => {
    if (!this.#failures.has(message)) warnLine(styledError(message))
    this.#failures.add(message)
  }

  onUnanswered(request: string, reason: string): void {
    this.counts.unanswered++
    printText(unansweredText(request, reason))
  }

  /** What was not inspected may have broken anything, and an upstream that never answers is unreachable. */
  get code(): number {
    const { exchanges, unanswered, violations } = this.counts
    if (this.#failures.size > 0 || (exchanges === 0 && unanswered > 0)) return 2
    return violations > 0 ? 1 : 0
  }
}
