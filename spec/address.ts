/** Tells whether a text is an address on the network. */
export const isRemote = (text: string): boolean => /^https?:\/\//i.test(text)
