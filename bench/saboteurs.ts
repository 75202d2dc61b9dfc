import { parseArgs } from 'node:util'
import { check } from '../contracts/index.ts'
import { apiNames, builtIn, mock } from '../index.ts'
import type { Fetch, Model } from '../spec/index.ts'
import { credentialsFor } from '../test/support/credentials.ts'
import { customerFaults, customersModel, customersServer } from '../test/support/customers-api.ts'
import { today } from '../test/support/exam.ts'
import { envelopes, saboteurs } from '../test/support/saboteurs.ts'
import { answerFaults, editFault } from './saboteurs/faults.ts'
import type { Fault } from './saboteurs/faults.ts'

/**
 * Puts saboteurs before servers that are right, one at a time, and prints which of them a check finds: `npm run saboteurs`, or with names of
 * APIs only those. Ends with 1 where a server that is right is accused, or fewer than 97 % of the faults are found.
 */
const { positionals: wanted } = parseArgs({ allowPositionals: true })
const names: readonly string[] = [...apiNames, customersModel.name]
const unknown = wanted.find((name) => !names.includes(name))
if (unknown !== undefined) throw new Error(`expected one of ${names.join(', ')}, received ${unknown}`)

interface Row {
  readonly api: string
  readonly fault: string
  /** Codes that fell; `undefined` where the fault changed no answer of the run. */
  readonly codes: readonly string[] | undefined
}

async function codesOf(model: Model, fetch: Fetch): Promise<readonly string[]> {
  const { violations } = await check(model, fetch, {
    baseUrl: 'http://localhost',
    headers: credentialsFor(model),
    today,
    writes: true,
    limit: 3,
    maxPages: 2,
    maxGets: 3,
    retries: 0,
  })
  return [...new Set(violations.filter(({ severity }) => severity === 'error').map(({ code }) => code))]
}

const faultsOf = (api: string): readonly Fault[] => [
  ...[...Object.entries(saboteurs), ...Object.entries(envelopes)].flatMap(([law, list]) =>
    list
      .filter((saboteur) => saboteur.api === api)
      .map(({ edit }) => editFault(`${law} ${edit.at}`, edit, Object.hasOwn(saboteurs, law) ? 'invoices' : 'body')),
  ),
  ...answerFaults,
]

async function builtInRows(api: (typeof apiNames)[number]): Promise<Row[]> {
  const model = builtIn(api)
  const books = mock(api, { seed: 42, invoices: 30 })
  const rows: Row[] = [{ api, fault: '', codes: await codesOf(model, books.fetch) }]
  for (const { name: fault, wrap } of faultsOf(api)) {
    books.reset()
    let touches = 0
    const codes = await codesOf(
      model,
      wrap(model, books.fetch, () => touches++),
    )
    rows.push({ api, fault, codes: touches === 0 ? undefined : codes })
  }
  return rows
}

async function customerRows(): Promise<Row[]> {
  const { name: api } = customersModel
  const rows: Row[] = [{ api, fault: '', codes: await codesOf(customersModel, customersServer()) }]
  for (const fault of customerFaults)
    rows.push({ api, fault, codes: await codesOf(customersModel, customersServer(fault)) })
  return rows
}

const chosen = wanted.length === 0 ? names : wanted
const rows: Row[] = []
for (const api of apiNames) if (chosen.includes(api)) rows.push(...(await builtInRows(api)))
if (chosen.includes(customersModel.name)) rows.push(...(await customerRows()))

const accused = rows.filter(({ fault, codes }) => fault === '' && codes !== undefined && codes.length > 0)
const judged = rows.filter(({ fault, codes }) => fault !== '' && codes !== undefined)
const missed = judged.filter(({ codes }) => codes?.length === 0)
for (const { api, fault, codes } of rows)
  console.log(
    `${api.padEnd(11)} ${(fault || '(right)').padEnd(56)} ${codes === undefined ? 'changed no answer' : codes.join(' ') || (fault === '' ? 'holds' : 'NOT FOUND')}`,
  )
const found = judged.length - missed.length
console.log(
  `\n${found} of ${judged.length} faults found (${Math.floor((found / Math.max(1, judged.length)) * 1000) / 10} %), ${accused.length} servers that are right accused.`,
)
process.exitCode = accused.length > 0 || found < judged.length * 0.97 ? 1 : 0
