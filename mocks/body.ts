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

const encoder = new TextEncoder()
/** Longer texts than this, in bytes, are encoded into memory of their own. */
const most = 16_777_216

let scratch = new Uint8Array(65_536)

/**
 * Returns a text as UTF-8. It is written where there was another before, and copied from there: asking for the three bytes that
 * each character may need takes longer than encoding does.
 */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const room = text.length * 3
  if (room > most) return encoder.encode(text)
  if (room > scratch.length) scratch = new Uint8Array(room)
  return scratch.slice(0, encoder.encodeInto(text, scratch).written)
}
