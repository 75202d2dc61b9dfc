import { isObject } from '../document.ts'
import type { Document } from '../document.ts'

const flows: Readonly<Record<string, string>> = { application: 'clientCredentials', accessCode: 'authorizationCode' }

/** Returns a security definition as the security scheme of OpenAPI 3.0. */
export function schemeOf(value: unknown): unknown {
  if (!isObject(value)) return value
  if (value.type === 'basic') return { ...value, type: 'http', scheme: 'basic' }
  if (value.type !== 'oauth2') return value
  const { flow, authorizationUrl, tokenUrl, scopes = {}, ...rest } = value
  return {
    ...rest,
    flows: {
      [flows[String(flow)] ?? String(flow)]: {
        ...(authorizationUrl !== undefined && { authorizationUrl }),
        ...(tokenUrl !== undefined && { tokenUrl }),
        scopes,
      },
    },
  }
}

/** Returns the addresses that host, base path and schemes make. */
export function serversOf({ host, basePath, schemes }: Document): { servers?: readonly { url: string }[] } {
  const path = typeof basePath === 'string' ? basePath : ''
  if (typeof host !== 'string') return path === '' ? {} : { servers: [{ url: path }] }
  const stated = Array.isArray(schemes) && schemes.length > 0 ? schemes : ['https']
  return { servers: stated.map((one) => ({ url: `${String(one)}://${host}${path}` })) }
}
