/** Bounds of a JSON body. */
export interface BodyLimits {
  /** Levels of objects and lists. */
  readonly maxDepth: number
  /** Items of one list. */
  readonly maxItems: number
}

/** What holds unless told otherwise. Invoices stay far below; what goes beyond would cost time or stack. */
export const bodyLimits: BodyLimits = { maxDepth: 64, maxItems: 10_000 }
