import { describe, expect, it } from 'vitest'
import { operationOf } from '../../spec/index.ts'
import { acceptable } from '../../spec/negotiation.ts'
import { challengeOf, isAuthorised } from '../../spec/security.ts'
import { model } from './items-fixture.ts'

describe('security', () => {
  const enters = (id: string, header: Record<string, string>, query = ''): boolean =>
    isAuthorised(model, operationOf(model, id), { headers: new Headers(header), query })

  it('asks for a credential of the scheme that is not empty', () => {
    expect(enters('create', { authorization: 'bearer x' })).toBe(true)
    for (const header of [
      {},
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: 'Bearer ' },
      { authorization: 'Basic x' },
      { 'x-key': 'x' },
    ])
      expect(enters('create', header as Record<string, string>)).toBe(false)
  })

  it('takes any one set of schemes, each of them whole', () => {
    expect(enters('free', { authorization: 'Basic x' })).toBe(true)
    expect(enters('free', { 'x-key': 'x' })).toBe(false)
    expect(enters('free', { 'x-key': 'x' }, 'key=y')).toBe(true)
    expect(enters('free', {}, 'key=y')).toBe(false)
    expect(enters('free', { cookie: 'a=b; session=z' })).toBe(true)
    expect(enters('free', { cookie: 'session=' })).toBe(false)
  })

  it('lets anybody in where nothing or an empty set is asked for', () => {
    expect([enters('search', {}), enters('optional', {})]).toEqual([true, true])
  })

  it('knows the challenge of a 401', () => {
    expect([
      challengeOf(model, operationOf(model, 'create')),
      challengeOf(model, operationOf(model, 'free')),
      challengeOf(model, operationOf(model, 'search')),
    ]).toEqual(['Bearer', 'Basic realm="mock"', undefined])
  })
})

describe('negotiation', () => {
  it.each([
    null,
    '',
    '*/*',
    'application/json',
    'application/*',
    'text/html, */*;q=0.1',
    'APPLICATION/JSON;q=0.5',
    'application/problem+json',
    'nonsense',
    'text/html,application/xhtml+xml,*/*;q=0.8',
  ])('lets "%s" have JSON', (accept) => {
    expect(acceptable(accept, ['application/json'])?.type).toBe('application/json')
  })

  it.each([
    'text/html',
    'application/xml, text/*',
    'application/json;q=0',
    'application/json;q=0, */*',
    'application/*;q=0, text/plain',
  ])('has no JSON for "%s"', (accept) => {
    expect(acceptable(accept, ['application/json'])).toBeUndefined()
  })
})
