// Runs the diff command: compares two versions of a document.

import {
  applyFitting,
  changesGithub,
  changesHtml,
  changesJunit,
  changesMarkdown,
  changesSarif,
  diff,
} from '../contracts/index.ts'
import type { DocumentChange, DocumentComparison } from '../contracts/index.ts'
import { writeFile } from '../seeds/index.ts'
import { compile, printableData, printableJson, withinReason } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'
import { overlaysBeside, readDocument, readSource } from '../spec/load.ts'
import type { ReadingOptions } from '../spec/load.ts'
import { appendSummary } from './check/reports.ts'
import { printDiagnostics } from './diagnostics.ts'
import { readOptions } from './options/read.ts'
import type { Flags } from './options/table.ts'
import { sayDiff } from './say-diff.ts'
import { printAnnotations, printText } from './output.ts'

/**
 * Compares two documents, prints what changed, and returns 0, or 1 where something breaks.
 * @throws Failure for a document that cannot be read or compiled, or what the command line states wrongly.
 */
export async function diffCommand(before: string, after: string, flags: Flags<'diff'>): Promise<number> {
  const { report = [], all, overlay, ...reading } = readOptions('diff', flags)
  const overlays = overlay ?? [before, after].flatMap(overlaysBeside).slice(0, 1)
  const [old, now] = [before, after].map((file) =>
    withinReason(`read ${file}`, () => read(file, overlays, reading)),
  ) as [Read, Read]
  printDiagnostics(old.model)
  printDiagnostics(now.model)
  const gone = now.lost.filter(({ target }) => !old.lost.some((lost) => lost.target === target))
  const moved = gone.map(({ target, says }): DocumentChange => ({
    impact: 'risky',
    code: 'role-target-lost',
    says: `the overlay no longer finds ${target} (${says})`,
    pointer: '',
  }))
  const found = diff(old.model, now.model)
  const changes = [
    ...found.filter(({ impact }) => impact === 'breaking'),
    ...moved,
    ...found.filter(({ impact }) => impact !== 'breaking'),
  ]
  printText(sayDiff(changes, { before, after, isAll: all }))
  const requests = [
    ...new Set([...now.model.operations, ...old.model.operations].map(({ method, path }) => `${method} ${path}`)),
  ]
  const compared: DocumentComparison = printableData({ title: now.model.title, before, after, changes, requests })
  const forms = {
    text: () => sayDiff(changes, { before, after, isAll: true, isPlain: true }),
    json: () => `${printableJson(changes)}\n`,
    junit: () => changesJunit(compared),
    sarif: () => changesSarif(compared),
    html: () => changesHtml(compared),
    github: () => changesGithub(compared),
    markdown: () => changesMarkdown(compared),
  }
  for (const { form, file } of report) {
    if (file === undefined) (form === 'github' ? printAnnotations : printText)(forms[form]())
    if (file === undefined && form === 'github') appendSummary(forms.markdown())
    if (file !== undefined) await writeFile(file, once(forms[form]()), { force: true })
  }
  return changes.some(({ impact }) => impact === 'breaking') ? 1 : 0
}

interface Read {
  readonly model: Model
  readonly lost: readonly { readonly target: string; readonly says: string }[]
}

function read(file: string, overlays: readonly string[], reading: ReadingOptions): Read {
  const { document: stated, ...origin } = readDocument(file, reading)
  const lost: Read['lost'][number][] = []
  const document = overlays.reduce((result, overlay) => {
    const annotated = applyFitting(result, readSource(overlay).value)
    lost.push(...annotated.lost)
    return annotated.document
  }, stated)
  return { model: compile(document, { name: file, ...origin }), lost }
}

async function* once(text: string): AsyncGenerator<string, void, void> {
  yield text
}
