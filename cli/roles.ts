import { roles, termOf } from '../spec/index.ts'
import type { CoreRole, Model } from '../spec/index.ts'
import { misuse } from './misuse.ts'
import { modelFor, openModel } from './models.ts'
import { readOptions } from './options/read.ts'
import type { Flags } from './options/values.ts'
import { formatPlace, placesOf } from './places.ts'
import { section } from './say.ts'
import { describeInferred, sentenceOf } from './understood.ts'
import { writeOverlay } from './write-overlay.ts'

/**
 * Prints the vocabulary, or the roles that an API binds, and returns 0.
 * @throws Failure for an unknown name, or a document that cannot be read or compiled.
 */
export async function rolesCommand(name: string | undefined, flags: Flags<'roles'>): Promise<number> {
  const options = readOptions('roles', flags)
  const model = name === undefined && options.document === undefined ? undefined : openModel(name, options)
  if (options.to !== undefined) {
    if (!model?.inferred)
      throw misuse('--to', { expected: 'a --document without roles, in which invoices are found', received: 'another' })
    writeOverlay(options.to, modelFor(name, { ...options, infer: false }), model)
    console.error(`Wrote the inferred roles to ${options.to}. ${sentenceOf(model.inferred)}`)
    return 0
  }
  const text = model === undefined ? vocabulary() : model.inferred ? describeInferred(model.inferred) : bindings(model)
  process.stdout.write(`${text}\n`)
  return 0
}

/** One section for each sort of object, in the vocabulary's own order. */
function vocabulary(): string {
  const names = Object.keys(roles) as CoreRole[]
  const groups = Map.groupBy(names, (role) => role.split('.')[0] ?? role)
  return [...groups]
    .map(([group, members]) =>
      section(
        group,
        members.map((role) => {
          const { kind, term = '', says } = termOf(role)
          return [role, kind, term, says]
        }),
      ),
    )
    .join('\n\n')
}

function bindings(model: Model): string {
  const places = placesOf(model)
  const groups = [
    ['operations', model.operations.map(({ id, method, path, does = '' }) => [does, `${method} ${path}`, id])] as const,
    ...[...Map.groupBy(places, ({ role }) => role.split(/[. ]/)[0] ?? role)].map(
      ([group, members]) => [group, members.map((place) => [place.role, ...formatPlace(place)])] as const,
    ),
  ]
  return groups.map(([heading, rows]) => section(heading, rows)).join('\n\n')
}
