import type { Model } from '../../spec/index.ts'

/** Returns headers that satisfy every security scheme of a document; mocks take any credential. */
export function credentialsFor({ security }: Pick<Model, 'security'>): Record<string, string> {
  return Object.fromEntries(
    Object.values(security).map(({ type, scheme, name = '' }) =>
      type === 'http'
        ? ['authorization', `${scheme === 'basic' ? 'Basic' : 'Bearer'} any`]
        : [name.toLowerCase(), 'any'],
    ),
  )
}
