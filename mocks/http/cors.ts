// Answers preflight requests and adds CORS headers.

import type { Fetch } from '../../spec/index.ts'

/**
 * Returns a `Fetch` that browsers may call from any origin (Fetch Standard, CORS protocol): preflights are answered, and answers
 * to requests with an `Origin` say so. Other requests pass untouched.
 */
export const cors =
  (fetch: Fetch): Fetch =>
  async (request) => {
    const { headers } = request
    const origin = headers.get('origin')
    if (origin === null) return fetch(request)
    const asked = request.method === 'OPTIONS' ? headers.get('access-control-request-method') : null
    return asked === null ? open(await fetch(request)) : preflight(asked, headers)
  }

function preflight(method: string, headers: Headers): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': method,
      // `*` would not cover Authorization (Fetch Standard, 3.3.3), so what is asked for is named.
      'access-control-allow-headers': headers.get('access-control-request-headers') ?? '*',
      'access-control-max-age': '600',
      ...(headers.get('access-control-request-private-network') === 'true' && {
        'access-control-allow-private-network': 'true',
      }),
      vary: 'access-control-request-method, access-control-request-headers',
    },
  })
}

function open(response: Response): Response {
  try {
    response.headers.set('access-control-allow-origin', '*')
    response.headers.set('access-control-expose-headers', '*')
    return response
  } catch {
    // The headers of a redirect, or of an answer that was fetched, cannot be changed.
    return open(
      new Response(response.body, {
        status: response.status,
        statusText: response.statusText,
        headers: new Headers(response.headers),
      }),
    )
  }
}
