// Corrects the roles of an API as the desk asks, and writes them as an OpenAPI Overlay.

import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Document as YamlDocument, isSeq, parseDocument } from 'yaml'
import type { OverlayText } from '../../desk/index.ts'
import { Failure, failure, isObject, isRemote, split } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { load, overlaysBeside } from '../../spec/load.ts'
import { builtInDocument } from '../package.ts'
import type { ServeSettings } from '../serve.ts'
import { jsonPathOf, overlayActions, overlayText, writtenAction } from '../roles.ts'
import type { OverlayAction } from '../roles.ts'
import { yamlText } from '../yaml.ts'

/** The files of an API whose roles are corrected. */
interface RoleFiles {
  readonly document: string
  /** Overlays that it is read with, in order. */
  readonly overlays: readonly string[]
  /** File that corrections are saved to; missing where the server may not write. */
  readonly savesTo?: string
}

/** Options of the server that say which files there are. */
export type RoleSettings = Pick<ServeSettings, 'document' | 'overlay' | 'saveOverlay'>

/** Returns the files of a served API. The document of a built-in API is never written beside. */
export function roleFilesOf(
  { document: documents = [], overlay, saveOverlay }: RoleSettings,
  { name, files }: Pick<Model, 'name' | 'files'>,
): RoleFiles | undefined {
  const stated = documents.find((one) => files.some((file) => resolve(file) === resolve(one)))
  if (stated === undefined) {
    if (documents.some((one) => one === '-' || isRemote(one))) return undefined
    const document = builtInDocument(name)
    return { document, overlays: [join(dirname(document), 'overlay.yaml')] }
  }
  const overlays = overlay ?? overlaysBeside(stated)
  const savesTo = overlays.at(-1) ?? join(dirname(stated), 'overlay.yaml')
  return { document: stated, overlays, ...(saveOverlay && { savesTo }) }
}

/**
 * Returns an overlay with corrected roles: what the file says already, or what was inferred, and the corrections. Saves it where
 * `isSaved` says so.
 * @param roles roles by the pointers of their places; `null` takes a role away
 * @throws Failure where the document cannot be read with the overlay (an unknown role), or the server may not write.
 */
export function correctRoles(
  model: Model,
  files: RoleFiles,
  roles: Readonly<Record<string, string | null>>,
  isSaved: boolean,
): OverlayText {
  const { document, overlays, savesTo } = files
  if (isSaved && savesTo === undefined)
    throw failure('save an overlay', {
      expected: 'a server that may write',
      received: 'one that may not',
      cure: 'Start it with --save-overlay and a document of your own.',
    })
  const target = savesTo ?? overlays.at(-1)
  const isKept = savesTo !== undefined && existsSync(savesTo)
  const text = isKept
    ? appended(readFileSync(savesTo, 'utf8'), savesTo, actionsOf(model, files, roles))
    : newOverlay(model, files, roles)
  const others = overlays.filter((file) => savesTo === undefined || file !== target)
  checkOverlay(document, others, text)
  if (!isSaved || savesTo === undefined) return { text }
  // Made anew, so that nothing is written through a link that lies there.
  rmSync(`${savesTo}.partial`, { force: true })
  writeFileSync(`${savesTo}.partial`, text, { flag: 'wx' })
  renameSync(`${savesTo}.partial`, savesTo)
  return { text, path: savesTo }
}

/** Inferred roles are written down as well: where an overlay binds roles, none are inferred. */
function actionsOf(model: Model, files: RoleFiles, roles: Readonly<Record<string, string | null>>): OverlayAction[] {
  if (model.inferred) return overlayActions(bareOf(model, files).document, correctedDocument(model.document, roles))
  return Object.entries(roles).map(([pointer, role]) =>
    role === null
      ? { pointer, target: `${jsonPathOf(model.document, pointer)}['x-role']`, remove: true }
      : { pointer, target: jsonPathOf(model.document, pointer), update: { 'x-role': role } },
  )
}

function newOverlay(model: Model, files: RoleFiles, roles: Readonly<Record<string, string | null>>): string {
  if (model.inferred) {
    const { title, inferred, document } = model
    const bindings = inferred.bindings.filter(({ pointer }) => roles[pointer] === undefined)
    const corrected = { title, document: correctedDocument(document, roles), inferred: { ...inferred, bindings } }
    return overlayText(bareOf(model, files), corrected)
  }
  return yamlText(
    new YamlDocument({
      overlay: '1.0.0',
      info: { title: `Corrected roles of ${model.title}`, version: '1.0.0' },
      actions: actionsOf(model, files, roles).map(writtenAction),
    }),
  )
}

const bareOf = ({ name }: Model, { document, overlays }: RoleFiles): Model =>
  load(document, { name, overlays, infer: false })

/** An inferred annotation keeps its unit: the amounts of one document are written alike. */
function correctedDocument(
  document: Model['document'],
  roles: Readonly<Record<string, string | null>>,
): Model['document'] {
  const copy = structuredClone(document)
  for (const [pointer, role] of Object.entries(roles)) {
    let place: unknown = copy
    // Own members alone: a pointer comes from a page, and `/__proto__` is no place of the document.
    for (const step of split(pointer))
      place =
        typeof place === 'object' && place !== null && Object.hasOwn(place, step)
          ? (place as Record<string, unknown>)[step]
          : undefined
    if (!isObject(place))
      throw failure('correct a role', { expected: 'a place in the document', received: JSON.stringify(pointer) })
    const schema: Record<string, unknown> = place
    const before = schema['x-role']
    const unit = isObject(before) ? before.unit : undefined
    if (role === null) delete schema['x-role']
    else schema['x-role'] = unit === undefined ? role : { role, unit }
  }
  return copy
}

/** Appends actions to an overlay; comments and order of the file stay. */
function appended(text: string, file: string, actions: readonly OverlayAction[]): string {
  const overlay = parseDocument(text)
  const list = overlay.get('actions')
  if (overlay.errors.length > 0 || !isSeq(list))
    throw failure(`save an overlay to ${file}`, { expected: 'an overlay with actions', received: 'another file' })
  for (const action of actions) list.add(overlay.createNode(writtenAction(action)))
  return yamlText(overlay)
}

/** Reads the document with the overlay, as the server will; a mistake is told before anything is written. */
function checkOverlay(document: string, others: readonly string[], text: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'proforma-overlay-'))
  const file = join(folder, 'overlay.yaml')
  try {
    writeFileSync(file, text)
    load(document, { overlays: [...others, file] })
  } catch (error) {
    if (error instanceof Failure)
      throw new Failure(error.message.replaceAll(/\S*proforma-overlay-\w+[\\/]overlay\.yaml/g, 'the overlay'))
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
