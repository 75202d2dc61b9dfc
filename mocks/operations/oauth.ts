// Gives tokens at the OAuth 2 endpoints of a document.

import { isObject } from '../../spec/index.ts'
import type { Fetch, Model } from '../../spec/index.ts'

/**
 * Answers at the token and authorization endpoints of a document's OAuth 2 flows (RFC 6749), so that clients that
 * fetch a token first go on: every client gets one. `undefined` for other paths.
 */
export function oauthOf({ document }: Model): (request: Request) => ReturnType<Fetch> | undefined {
  const bases = (Array.isArray(document.servers) ? document.servers : []).flatMap((server) => pathOf(server, 'url'))
  const known = new Map<string, (request: Request) => Promise<Response>>()
  for (const flow of flowsOf(document))
    for (const [name, answer] of [
      ['tokenUrl', token],
      ['refreshUrl', token],
      ['authorizationUrl', authorize],
    ] as const)
      for (const path of pathOf(flow, name))
        for (const base of ['', ...bases])
          if (path.startsWith(`${base}/`) && !known.has(path.slice(base.length)))
            known.set(path.slice(base.length), answer)
  return (request) => known.get(new URL(request.url).pathname)?.(request)
}

function flowsOf({ components }: Model['document']): unknown[] {
  const schemes = isObject(components) && isObject(components.securitySchemes) ? components.securitySchemes : {}
  return Object.values(schemes).flatMap((scheme) =>
    isObject(scheme) && scheme.type === 'oauth2' && isObject(scheme.flows) ? Object.values(scheme.flows) : [],
  )
}

function pathOf(holder: unknown, name: string): string[] {
  const url = isObject(holder) ? holder[name] : undefined
  if (typeof url !== 'string' || !URL.canParse(url, 'http://localhost')) return []
  return [new URL(url, 'http://localhost').pathname.replace(/\/+$/, '')]
}

const headers = { 'cache-control': 'no-store' }

const refuse = (error: string, description: string): Response =>
  Response.json({ error, error_description: description }, { status: 400, headers })

const issued = (scope: string | null): object => ({
  access_token: 'proforma-access-token',
  token_type: 'Bearer',
  expires_in: 3600,
  ...(scope !== null && { scope }),
})

async function token(request: Request): Promise<Response> {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } })
  const text = await request.text()
  const asked = fieldsOf(text, request.headers.get('content-type') ?? '')
  const grant = asked.get('grant_type')
  if (!grant) return refuse('invalid_request', 'Expected a grant_type but received none.')
  const refreshes = grant !== 'client_credentials'
  return Response.json(
    { ...issued(asked.get('scope')), ...(refreshes && { refresh_token: 'proforma-refresh-token' }) },
    { headers },
  )
}

/** Some clients send JSON where the standard has a form. */
function fieldsOf(text: string, type: string): URLSearchParams {
  if (!type.includes('json')) return new URLSearchParams(text)
  try {
    const value = JSON.parse(text) as unknown
    return new URLSearchParams(isObject(value) ? Object.entries(value).map(([name, one]) => [name, String(one)]) : [])
  } catch {
    return new URLSearchParams()
  }
}

/** Sends the browser back at once, as if the user had agreed. */
async function authorize({ url }: Request): Promise<Response> {
  const { searchParams: asked } = new URL(url)
  const back = asked.get('redirect_uri')
  if (back === null || !URL.canParse(back) || /^(?:javascript|data|vbscript|file):/i.test(new URL(back).protocol))
    return refuse('invalid_request', 'Expected an absolute redirect_uri.')
  const target = new URL(back)
  const state = asked.get('state')
  if (asked.get('response_type') === 'token') {
    const fragment = Object.entries(issued(asked.get('scope'))).map(([name, value]) => [name, String(value)])
    target.hash = new URLSearchParams([...fragment, ...(state === null ? [] : [['state', state]])]).toString()
  } else {
    target.searchParams.set('code', 'proforma-code')
    if (state !== null) target.searchParams.set('state', state)
  }
  return new Response(null, { status: 302, headers: { ...headers, location: target.href } })
}
