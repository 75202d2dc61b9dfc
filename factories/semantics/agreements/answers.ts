import type { Agreement } from '../members.ts'

/** Reason phrases of RFC 9110. */
const phrases: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}
const spoken = new Set([...Object.values(phrases), 'Unprocessable Entity'])

/** The reason phrase beside a status code is that of the code. */
export const answersAgree: Agreement = (members) => {
  const code = members.find('status code', 'http status', 'http status code', 'code', 'status')
  const phrase = phrases[Number(members.value[code ?? ''])]
  const text = members.find('status text', 'error', 'reason phrase', 'status message', 'error name', 'title')
  return phrase !== undefined && spoken.has(members.text(text) ?? '') ? { [text as string]: phrase } : undefined
}
