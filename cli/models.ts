// Loads the models that a command line names: built-in APIs and the user's own documents.

import { basename, dirname, extname, join, resolve } from 'node:path'
import { apiNames, checkApiName, failure, isRemote, loadBuiltIn, sentencesOf } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'
import { load, overlaysBeside } from '../spec/load.ts'
import type { ReadingOptions } from '../spec/load.ts'
import { usageError } from './usage-error.ts'
import { builtInDocument } from './package.ts'
import { printDiagnostics } from './diagnostics.ts'

/** A document of the user's own, as options state it. */
export interface OwnDocument extends ReadingOptions {
  readonly document?: string
  readonly overlay?: readonly string[]
  /** Takes one of which nothing can be asked, too. */
  readonly isEveryOne?: boolean
  /** Whether what a document without roles means is inferred. */
  readonly infer?: boolean
}

/**
 * Returns the models of built-in APIs and of the user's own documents; all built-in ones where neither is named.
 * @throws Failure for an unknown name, or a document that cannot be read or compiled.
 */
export async function modelsFor(
  names: readonly string[],
  {
    document: documents = [],
    overlay,
    ...own
  }: Omit<OwnDocument, 'document'> & { readonly document?: readonly string[] },
): Promise<readonly Model[]> {
  if (overlay && documents.length !== 1)
    throw usageError('--overlay', {
      expected: 'one document that it is for',
      received: documents.length === 0 ? 'none' : String(documents.length),
      ...(documents.length > 1 && { cure: 'Put an overlay.yaml beside each of them.' }),
    })
  const strangers = documents.map((document) => ownModel({ ...own, document, ...(overlay && { overlay }) }))
  const wanted = names.length > 0 ? [...new Set(names)] : strangers.length > 0 ? [] : apiNames
  const models = [...(await Promise.all(wanted.map(loadBuiltIn))), ...strangers]
  for (const [place, { name }] of models.entries()) {
    if (models.findIndex((other) => other.name === name) < place)
      throw failure(`serve two APIs as "${name}"`, { expected: 'two names', received: 'one', cure: 'Rename the file.' })
  }
  return models
}

/** As {@link modelFor}; what could not be read of the document is said on standard error. */
export function openModel(name: string | undefined, own: OwnDocument): Model {
  const model = modelFor(name, own)
  printDiagnostics(model)
  return model
}

/**
 * Returns the model of one API, built-in or the user's own, from its files, so that every part of it can be found in them.
 * Overlays come after the one that is built in.
 * @throws Failure as {@link modelsFor} does, and for none or two of them.
 */
export function modelFor(name: string | undefined, own: OwnDocument): Model {
  const { document: path, overlay } = own
  if (path !== undefined && name !== undefined)
    throw usageError('the command line', { expected: 'an API or a document', received: 'both' })
  if (path !== undefined) return ownModel({ ...own, document: path })
  if (name === undefined)
    throw usageError('the command line', {
      expected: 'an API or a document',
      received: 'neither',
      cure: `Name a file like ./openapi.yaml, or one of ${apiNames.join(', ')}.`,
    })
  checkApiName(name)
  const document = builtInDocument(name)
  return load(document, overlay && { overlays: [join(dirname(document), 'overlay.yaml'), ...overlay] })
}

/** Returns the overlays that a user's own document is read with, as options say them. */
export function overlaysOf({ document, overlay }: OwnDocument): readonly string[] {
  if (overlay || document === undefined) return overlay ?? []
  return overlaysBeside(document)
}

function ownModel({
  document,
  overlay,
  isEveryOne = false,
  ...options
}: OwnDocument & { readonly document: string }): Model {
  const model = load(document, { ...options, name: nameOf(document), ...(overlay && { overlays: overlay }) })
  if (model.operations.length > 0 || isEveryOne) return model
  throw failure(`read ${document}`, {
    expected: 'operations',
    received: model.lost.length > 0 ? 'only ones that cannot be read' : 'a document without any',
    ...(model.diagnostics.length > 0 && { cure: sentencesOf(model.diagnostics, model.locate, 1).join(' ') }),
  })
}

/** A file is served under its own name, or its folder's where it has none that tells anything. */
function nameOf(document: string): string {
  const path = isRemote(document) ? new URL(document).pathname : resolve(document)
  const stem = basename(path, extname(path))
  const name = /^(?:openapi|swagger|api|index)$/i.test(stem) ? basename(dirname(path)) : stem
  return (
    name
      .toLowerCase()
      .replace(/[^a-z\d]+/g, '-')
      .replace(/^-|-$/g, '') || 'api'
  )
}
