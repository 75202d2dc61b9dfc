import { nameOf } from '../spec/index.ts'
import type { Binding, BusinessObject, Model } from '../spec/index.ts'
import type { Law, LawFinding } from './law.ts'

/** Inferred bindings that are surer than this are taken as if a person had written them. */
const sure = 0.9

/**
 * Returns why a finding may be a misunderstanding, or `undefined` where all it depends on is sure: a role that was inferred and is not
 * sure, or, for sums, an amount of the invoice that was not understood at all.
 * @example '"amount" is no invoice.total (inferred, 0.82 sure)'
 */
export function doubtAbout(
  { needs, uses, about }: Law,
  { at, of = [] }: LawFinding,
  object: BusinessObject,
  { inferred }: Model,
): string | undefined {
  if (!inferred) return undefined
  const roles = new Set<string>([...needs.flat(), ...(uses ?? []), ...of])
  let least: { readonly binding: Binding; readonly name: string } | undefined
  const weigh = (binding: Binding, name: string): void => {
    if (binding.confidence === undefined || binding.confidence >= sure) return
    if (!least || binding.confidence < (least.binding.confidence as number)) least = { binding, name }
  }
  if (typeof at !== 'string') weigh(at.binding, at.pointer.split('/').at(-1) as string)
  for (const { form } of object.within())
    for (const { properties } of form.statements)
      for (const { binding, name } of properties)
        if (roles.has(nameOf(binding)) || roles.has(binding.role)) weigh(binding, name)
  if (least)
    return `"${least.name}" is no ${nameOf(least.binding)} (inferred, ${String(least.binding.confidence)} sure)`
  const [unbound] = uses && (about === 'invoice' || about === 'line') ? inferred.unbound : []
  return unbound && `"${unbound.path.join('/')}", which was not understood, takes part in it`
}
