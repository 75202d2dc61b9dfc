import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { apiNames, atPointer, isObject, parseRole } from '../spec/index.ts'
import type { Inferred, Model } from '../spec/index.ts'
import { infer } from '../spec/inference/infer.ts'
import { load } from '../spec/load.ts'

/** Roles that only some products have: what the core vocabulary is without. */
const special =
  /remote|sync|outreach|inbound|intake|captured|confidence|assignee|portal|^tag|integration|^feed|mailbox|contract|^email|^call|^file|match|pdfId|\.pdf$|^task|workflow|^event|finding|isDryRun|isPostpaid|isOffCycle|promised|organization|inviter|isAdmin|coordinates|latitude|longitude|allocation\w+At|allocationId|pprove|transaction|remittance|uncertaint|descriptor|expectedAt|initiatedAt|^answer|^lease|^claim|^transition|^message|^service|^person|needsLine|tracking|page\.(?:messages|isPartial|unlimited|since|timezone)|parentId|invoicePrefix|employees|founded|industry|domain|strategy|exportedAt|payerEmail|payment\.(?:url|received|refunded|exchangeRate)/i

/** What a document's overlay declares beside the vocabulary in code is that API's own: nobody could know it. */
const isCore = (role: string): boolean => parseRole(role) !== undefined && !special.test(role)

/** What is known of a place: the role that stands there, or that none does. */
type Truth = ReadonlyMap<string, string | null>

interface Score {
  right: number
  wrong: number
  missed: number
}

const kindOf = (role: string): string => {
  const [entity = '', name = ''] = role.split('.')
  if (entity === 'page' || entity === 'filter' || entity === 'sort') return 'pages, filters'
  if (
    entity === 'buyer' ||
    entity === 'seller' ||
    entity === 'party' ||
    entity === 'address' ||
    /buyer|seller|contact/.test(name)
  )
    return 'parties'
  if (entity === 'line' || name === 'lines') return 'lines'
  if (/id$|number|reference/i.test(name)) return 'identities'
  if (/date|At$|period/i.test(role)) return 'dates'
  if (/status|is[A-Z]/.test(name)) return 'states'
  if (entity === 'invoice' && /total|tax$|paid|due|payable|allowances|charges|rounding/i.test(name)) return 'amounts'
  return 'other'
}

/** Where roles stand in a document whose overlay is applied: properties and parameters. */
function rolesIn(tree: unknown, pointer = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof tree !== 'object' || tree === null) return found
  for (const [key, value] of Object.entries(tree)) {
    if (key === 'example' || key === 'examples') continue
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (key === 'x-role' && /\/properties\/[^/]+$|\/parameters\/[^/]+$/.test(pointer)) {
      const role = isObject(value) ? String(value.role) : String(value)
      found.set(pointer, role)
    } else rolesIn(value, here, found)
  }
  return found
}

const spelled = (role: string): string => role.replace(/^(?:buyer|seller)\./, 'party.')

/** `self.id` is the identity of the object around. */
const isSelf = (real: string, role: string): boolean =>
  real.startsWith('self.') && real.split('.')[1] === role.split('.')[1]

function score(inferred: Inferred, truth: Truth, isOpen: boolean, print: (line: string) => void): Map<string, Score> {
  const scores = new Map<string, Score>()
  const of = (role: string): Score => {
    const known = scores.get(kindOf(role)) ?? { right: 0, wrong: 0, missed: 0 }
    scores.set(kindOf(role), known)
    return known
  }
  const said = new Map(inferred.bindings.map(({ pointer, annotation }) => [pointer, annotation.role]))
  for (const [pointer, role] of said) {
    const real = truth.get(pointer)
    // A place of which the truth says nothing is not judged, unless it says something of every place.
    if (real === undefined && isOpen) continue
    if (real !== null && real !== undefined && (spelled(real) === spelled(role) || isSelf(real, role))) of(role).right++
    else if (real !== null && real !== undefined && !isCore(real)) continue
    else {
      of(role).wrong++
      print(`  wrong   ${role} at ${pointer}: ${real ?? 'nothing'}`)
    }
  }
  for (const [pointer, role] of truth) {
    if (role === null || !isCore(role) || said.has(pointer)) continue
    of(role).missed++
    print(`  missed  ${role} at ${pointer}`)
  }
  return scores
}

const percent = (part: number, whole: number): string => (whole === 0 ? '  –  ' : ((100 * part) / whole).toFixed(1))

function table(title: string, scores: ReadonlyMap<string, Score>): void {
  console.log(`\n${title}\n${'kind of role'.padEnd(18)}right wrong missed precision recall`)
  const total = { right: 0, wrong: 0, missed: 0 }
  const row = (name: string, { right, wrong, missed }: Score): void =>
    console.log(
      `${name.padEnd(18)}${String(right).padStart(5)}${String(wrong).padStart(6)}${String(missed).padStart(7)}${percent(right, right + wrong).padStart(10)}${percent(right, right + missed).padStart(7)}`,
    )
  for (const [kind, one] of [...scores].toSorted(([left], [right]) => left.localeCompare(right))) {
    row(kind, one)
    for (const name of ['right', 'wrong', 'missed'] as const) total[name] += one[name]
  }
  row('all', total)
}

function merge(into: Map<string, Score>, scores: ReadonlyMap<string, Score>): void {
  for (const [kind, { right, wrong, missed }] of scores) {
    const known = into.get(kind) ?? { right: 0, wrong: 0, missed: 0 }
    into.set(kind, { right: known.right + right, wrong: known.wrong + wrong, missed: known.missed + missed })
  }
}

const isLoud = process.argv.includes('--each')
const print = (line: string): void => {
  if (isLoud) console.log(line)
}

/** The overlays of the built-in APIs are the truth about their documents; places that they leave out carry no role of the core. */
function builtIns(): void {
  const all = new Map<string, Score>()
  for (const name of apiNames) {
    const path = join(import.meta.dirname, '..', 'spec', 'apis', name, 'openapi.yaml')
    const bare = load(path, { overlays: [], infer: false })
    // What an overlay adds to a document cannot be found in it.
    const truth = new Map(
      [...rolesIn(load(path).document)].filter(([pointer]) => atPointer(bare.document, pointer) !== undefined),
    )
    print(`\n${name}`)
    const scores = score(infer(bare), truth, false, print)
    table(name, scores)
    merge(all, scores)
  }
  table('the four built-in APIs', all)
}

function documents(folder: string): void {
  if (!existsSync(folder)) return
  const all = new Map<string, Score>()
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.truth.yaml'))
    .sort()) {
    const model: Model = load(join(folder, file.replace('.truth.yaml', '.yaml')), { overlays: [], infer: false })
    const truth = new Map(
      Object.entries(parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string | null>),
    )
    print(`\n${file}`)
    const scores = score(infer(model), truth, true, print)
    table(file, scores)
    merge(all, scores)
  }
  table('documents of other conventions', all)
}

const [folder = join(import.meta.dirname, '..', 'test', 'inference', 'documents')] = process.argv
  .slice(2)
  .filter((word) => !word.startsWith('--'))
builtIns()
documents(folder)
