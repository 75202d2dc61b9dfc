import { formatDay } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import { coverageOf } from '../coverage.ts'
import { driftOf } from '../drift.ts'
import type { Report } from '../report.ts'
import { concealAll } from './credentials.ts'
import type { Register } from './register.ts'
import type { Drift } from '../drift.ts'
import type { People } from '../mask/people.ts'

/** What a report is about. */
export interface Origin {
  readonly baseUrl: string
  readonly today?: Day
  /** Takes credentials out of a text. */
  readonly conceal: (text: string) => string
}

/** Returns everything that a run found, as data in which no credential is left. */
export function reportOf(register: Register, { baseUrl, today, conceal }: Origin): Report {
  const { model, people, findings, statuses, parameters: sent, applied, laws, skipped, trace } = register
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
      skipped: skipped.map(({ what, reason }) => ({ what: people.hideUrl(what), reason })),
      drift: driftOf(trace, model.locate).map((drift) => hiddenIn(drift, people)),
      coverage: coverageOf(model, trace, { statuses, parameters: sent, laws: judged }),
      counts: {
        requests: operations.reduce((sum, { requests }) => sum + requests, 0),
        invoices: register.invoices,
        errors: count(({ severity }) => severity === 'error'),
        warnings: count(({ severity }) => severity === 'warning'),
      },
    },
    conceal,
  )
}

/** An overlay has no use for a name or word of which only the form is known. */
function hiddenIn({ learnt, ...drift }: Drift, people: People): Drift {
  const actions = learnt?.filter((action) => !isTold(action, people))
  return {
    ...drift,
    says: people.hide(drift.says),
    example: {
      ...drift.example,
      pointer: people.hide(drift.example.pointer),
      request: people.hideUrl(drift.example.request),
    },
    ...(actions && { learnt: actions }),
  }
}

const isTold = (action: object, people: People): boolean => {
  const text = JSON.stringify(action)
  return people.hide(text) !== text
}
