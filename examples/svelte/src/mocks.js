/** Answers the requests of this page to https://api.stuut.ai, in development and in the demo. Elsewhere nothing of it is loaded. */
export async function startMocks() {
  if (!import.meta.env.DEV && import.meta.env.MODE !== 'demo') return undefined
  const [{ setupWorker }, { mock }, { stuut }] = await Promise.all([
    import('msw/browser'),
    import('proforma'),
    import('proforma/apis/stuut'),
  ])
  const mocked = mock(stuut, { baseUrl: 'https://api.stuut.ai', today: new Date() })
  return setupWorker(...mocked.handlers).start({ onUnhandledFrame: 'bypass' })
}
