import { describe, expect, it } from 'vitest'
import { mockModel } from '../../mocks/index.ts'
import { compile } from '../../spec/index.ts'

const { fetch } = mockModel(
  compile(
    {
      openapi: '3.1.0',
      info: { title: 'Bills', version: '1' },
      servers: [{ url: 'https://api.bills.example/v1' }],
      security: [{ oauth: [] }],
      paths: {
        '/me': {
          get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema: { const: 1 } } } } } },
        },
      },
      components: {
        securitySchemes: {
          oauth: {
            type: 'oauth2',
            flows: {
              clientCredentials: { tokenUrl: 'https://login.bills.example/oauth/token', scopes: {} },
              authorizationCode: {
                tokenUrl: '/v1/token',
                authorizationUrl: 'https://login.bills.example/authorize',
                scopes: {},
              },
            },
          },
        },
      },
    },
    { name: 'bills' },
  ),
)
const post = (path: string, body: string, type = 'application/x-www-form-urlencoded') =>
  fetch(new Request(`http://localhost${path}`, { method: 'POST', headers: { 'content-type': type }, body }))

describe('OAuth 2 endpoints of a document', () => {
  it('give a token with which operations answer', async () => {
    const response = await post(
      '/oauth/token',
      'grant_type=client_credentials&client_id=any&client_secret=any&scope=read',
    )
    const token = (await response.json()) as { access_token: string; token_type: string }
    expect([response.status, token]).toEqual([
      200,
      { access_token: expect.any(String), token_type: 'Bearer', expires_in: 3600, scope: 'read' },
    ])
    expect((await fetch(new Request('http://localhost/me'))).status).toBe(401)
    const headers = { authorization: `${token.token_type} ${token.access_token}` }
    expect((await fetch(new Request('http://localhost/me', { headers }))).status).toBe(200)
  })

  it('stand where the document says, with and without the path of its server, and take JSON', async () => {
    for (const path of ['/token', '/v1/token']) {
      const response = await post(path, '{"grant_type":"authorization_code","code":"any"}', 'application/json')
      expect(await response.json()).toMatchObject({ token_type: 'Bearer', refresh_token: expect.any(String) })
    }
    expect((await post('/v1/other', 'grant_type=x')).status).toBe(404)
  })

  it('send the browser back with a code, or a token', async () => {
    const at = async (query: string) => {
      const { status, headers } = await fetch(new Request(`http://localhost/authorize?${query}`))
      return [status, headers.get('location')]
    }
    expect(await at('response_type=code&redirect_uri=http://localhost:3000/back?x=1&state=s')).toEqual([
      302,
      'http://localhost:3000/back?x=1&code=proforma-code&state=s',
    ])
    const [, location] = await at('response_type=token&redirect_uri=http://localhost:3000/&state=s')
    expect(location).toMatch(/#access_token=.+&state=s$/)
    expect(await at('response_type=code')).toEqual([400, null])
    expect(await at('redirect_uri=javascript:alert(1)')).toEqual([400, null])
  })

  it('refuse what asks for nothing', async () => {
    const response = await post('/oauth/token', '')
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_request' }])
    expect((await fetch(new Request('http://localhost/oauth/token'))).status).toBe(405)
  })
})
