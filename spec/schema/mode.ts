/**
 * What becomes of fields that a schema does not list: what the schema itself says; `strict` takes them for violations unless the
 * schema opens itself in so many words; `lenient` lets them pass even where the schema forbids them.
 */
export type Mode = 'documented' | 'strict' | 'lenient'
