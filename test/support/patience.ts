/** Milliseconds that a test may take: only one that hangs takes so long, on a computer however busy. */
export const patience = 300_000
