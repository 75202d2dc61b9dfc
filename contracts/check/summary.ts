// Turns a finished run into a report.

import { formatDay } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import { coverageOf } from '../coverage.ts'
import { driftOf } from '../drift.ts'
import type { Report } from '../report.ts'
import { concealAll } from './credentials.ts'
import { isDeclined } from '../report.ts'
import type { CheckRun } from './run.ts'
import type { Drift } from '../drift.ts'
import type { PersonalData } from '../mask/people.ts'

/** What a report is about. */
interface ReportSource {
  readonly baseUrl: string
  readonly today?: Day
}

/** Returns everything that a run found, as data in which no credential is left. */
export function reportOf(run: CheckRun, { baseUrl, today }: ReportSource): Report {
  const { model, people, findings, statuses, parameters: sent, applied, laws, skipped, traffic, conceal } = run
  const count = (test: (finding: (typeof findings)[number]) => boolean): number => findings.filter(test).length
  const counted = (
    test: (finding: (typeof findings)[number]) => boolean,
  ): { violations: number; warnings?: number } => {
    const warnings = count((finding) => finding.severity === 'warning' && test(finding))
    return {
      violations: count((finding) => finding.severity === 'error' && test(finding)),
      ...(warnings > 0 && { warnings }),
    }
  }
  const operations = [...model.operations, ...model.lost].map(({ id, method, path }) => {
    const counts = [...(statuses.get(id) ?? new Map<number, number>())]
    return {
      id,
      method,
      path,
      requests: counts.reduce((sum, [, number]) => sum + number, 0),
      ...counted(({ operation }) => operation === id),
      statuses: Object.fromEntries(counts.map(([status, number]) => [status === 0 ? 'none' : String(status), number])),
    }
  })
  const judged = laws.map(({ code, says }) => ({
    code,
    says,
    applied: applied.get(code) ?? 0,
    ...counted((finding) => finding.code === code),
  }))
  return concealAll(
    {
      api: model.name,
      title: model.title,
      baseUrl,
      ...(today !== undefined && { today: formatDay(today) }),
      operations,
      laws: judged,
      violations: [...findings],
      skipped: skipped.map((skip) => ({ ...skip, what: people.hideUrl(skip.what) })),
      drift: driftOf(traffic, model.locate).map((drift) => hiddenIn(drift, people)),
      coverage: coverageOf(model, traffic, { statuses, parameters: sent, laws: judged }),
      counts: {
        requests: operations.reduce((sum, { requests }) => sum + requests, 0),
        invoices: run.invoices,
        errors: count(({ severity }) => severity === 'error'),
        warnings: count(({ severity }) => severity === 'warning'),
        notJudged: skipped.filter((skip) => !isDeclined(skip)).length,
      },
    },
    conceal,
  )
}

/** An overlay has no use for a name or word of which only the form is known. */
function hiddenIn({ overlayActions, ...drift }: Drift, people: PersonalData): Drift {
  const actions = overlayActions?.filter((action) => !isTold(action, people))
  return {
    ...drift,
    says: people.hide(drift.says),
    example: {
      ...drift.example,
      pointer: people.hide(drift.example.pointer),
      request: people.hideUrl(drift.example.request),
    },
    ...(actions && { overlayActions: actions }),
  }
}

const isTold = (action: object, people: PersonalData): boolean => {
  const text = JSON.stringify(action)
  return people.hide(text) !== text
}
