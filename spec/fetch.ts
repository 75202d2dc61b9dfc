/** The seam of everything that answers: handlers, servers, Prism, proxies and live APIs are each a `Fetch`. */
export type Fetch = (request: Request) => Promise<Response>
