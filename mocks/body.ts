const bodies = new WeakMap<Response, Uint8Array<ArrayBuffer>>()

/** Returns an answer with a body that can be had again without reading a stream. */
export function answerWith(bytes: Uint8Array<ArrayBuffer>, init: ResponseInit): Response {
  const response = new Response(bytes, init)
  bodies.set(response, bytes)
  return response
}

/** Returns the body of an answer; it can then be asked for again only where {@link answerWith} made it. */
export const bodyOf = async (response: Response): Promise<Uint8Array<ArrayBuffer>> =>
  bodies.get(response) ?? new Uint8Array(await response.arrayBuffer())
