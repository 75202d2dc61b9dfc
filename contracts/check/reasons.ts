/** Why something was not tried: in words that suit a program as well as a command line. */
export const unasked = 'it changes something, and only reading was allowed'
export const turnedOff = 'it is turned off'

/** Tells whether whoever runs a check chose not to try something: all else should have been judged, and was not. */
export const isDeclined = ({ reason }: { readonly reason: string }): boolean =>
  reason === unasked || reason === turnedOff
export const unwelcome = 'no valid request was answered with success, so that a refusal would prove nothing'
export const nameless = 'no id is known: none was given, and no list or claim shows one'
export const nameUnknown = (names: readonly string[]): string =>
  `no id is known for ${names.join(', ')}: no answer shows one, and none was given (--param operation.name=value)`
export const unread = 'what to send to it cannot be read in the document'
