import { basename, dirname, extname, join, resolve } from 'node:path'
import { apiNames, builtIn, failure } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'
import { load, overlaysBeside } from '../spec/load.ts'
import { misuse } from './misuse.ts'
import { documentOf } from './package.ts'
import { tellFaults } from './tell-faults.ts'

/** A document of the user's own, as options state it. */
export interface OwnDocument {
  readonly document?: string
  readonly overlay?: readonly string[]
  /** Folders whose files the document may name. */
  readonly files?: readonly string[]
}

/**
 * Returns the models of built-in APIs and of the user's own document; all built-in ones where neither is named.
 * @throws Failure for an unknown name, or a document that cannot be read or compiled.
 */
export function modelsFor(names: readonly string[], own: OwnDocument): readonly Model[] {
  const stranger = ownModel(own)
  const wanted = names.length > 0 ? [...new Set(names)] : stranger ? [] : apiNames
  const models = [...wanted.map((name) => builtIn(checkName(name))), ...(stranger ? [stranger] : [])]
  if (stranger && wanted.includes(stranger.name)) {
    throw failure(`serve two APIs as "${stranger.name}"`, {
      expected: 'two names',
      received: 'one',
      cure: 'Rename the file.',
    })
  }
  return models
}

/** As {@link modelFor}; what could not be read of the document is said on standard error. */
export function openModel(name: string | undefined, own: OwnDocument): Model {
  const model = modelFor(name, own)
  tellFaults(model)
  return model
}

/**
 * Returns the model of one API, built-in or the user's own, from its files, so that every part of it can be found in them.
 * Overlays come after the one that is built in.
 * @throws Failure as {@link modelsFor} does, and for none or two of them.
 */
export function modelFor(name: string | undefined, own: OwnDocument): Model {
  if (own.document !== undefined && name !== undefined)
    throw misuse('the command line', { expected: 'an API or --document', received: 'both' })
  const stranger = name === undefined ? ownModel(own) : undefined
  if (stranger) return stranger
  if (name === undefined)
    throw misuse('the command line', {
      expected: 'the name of an API, or --document',
      received: 'neither',
      cure: `Known are: ${apiNames.join(', ')}.`,
    })
  // An unknown name is refused with a suggestion there.
  const { name: known } = builtIn(checkName(name))
  const document = documentOf(known)
  return load(document, own.overlay && { overlays: [join(dirname(document), 'overlay.yaml'), ...own.overlay] })
}

/** Returns the overlays that a user's own document is read with, as options say them. */
export function overlaysOf({ document, overlay }: OwnDocument): readonly string[] {
  if (overlay || document === undefined) return overlay ?? []
  return overlaysBeside(document)
}

function checkName(name: string): string {
  if (/\.(?:ya?ml|json)$/i.test(name))
    throw misuse('the command line', {
      expected: 'the name of an API',
      received: 'a file',
      cure: `Say --document ${name}.`,
    })
  return name
}

function ownModel({ document, overlay, files }: OwnDocument): Model | undefined {
  if (document === undefined) {
    if (overlay) throw misuse('--overlay', { expected: 'a --document that it is for', received: 'none' })
    return undefined
  }
  return load(document, { name: nameOf(document), ...(overlay && { overlays: overlay }), ...(files && { files }) })
}

/** A file is served under its own name, or its folder's where it has none that tells anything. */
function nameOf(document: string): string {
  const path = resolve(document)
  const stem = basename(path, extname(path))
  const name = /^(?:openapi|swagger|api|index)$/i.test(stem) ? basename(dirname(path)) : stem
  return (
    name
      .toLowerCase()
      .replace(/[^a-z\d]+/g, '-')
      .replace(/^-|-$/g, '') || 'api'
  )
}
