import type { OperationRole, Router } from '../spec/index.ts'

/** Methods that change nothing (RFC 9110, 9.2.1; QUERY: OpenAPI 3.2). */
const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY'])

/** What changes nothing, whatever its method. */
const readers = new Set<OperationRole>(['list', 'get', 'messages', 'changes'])

/** Returns what tells whether a request may change something. */
export const writesOf =
  (router: Router) =>
  (request: Request): boolean => {
    if (safe.has(request.method)) return false
    const matched = router.match(request.method, new URL(request.url).pathname)
    if (!matched || !('operation' in matched)) return false
    const { does } = matched.operation
    return does === undefined || !readers.has(does)
  }
