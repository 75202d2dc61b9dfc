/** Next runs this before its page. Elsewhere than in development nothing of the mocks is loaded. */
if (process.env.NODE_ENV === 'development') {
  const begin = async () => {
    const [{ setupWorker }, { mock }, { stuut }] = await Promise.all([
      import('msw/browser'),
      import('proforma'),
      import('proforma/apis/stuut'),
    ])
    const mocked = mock(stuut, { baseUrl: 'https://api.stuut.ai', today: new Date() })
    await setupWorker(...mocked.handlers).start({ onUnhandledFrame: 'bypass' })
  }
  const ready = begin().catch(console.error)
  const { fetch } = window
  // The page may ask before the worker answers.
  window.fetch = async (...request) => {
    await ready
    return fetch(...request)
  }
}
