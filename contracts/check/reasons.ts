/** Why something was not tried: in words that suit a program as well as a command line. */
export const unasked = 'it changes something, and only reading was allowed'
export const unwelcome = 'no valid request was answered with success, so that a refusal would prove nothing'
export const nameless = 'no id is known: none was given, and no list or claim shows one'
export const unread = 'what to send to it cannot be read in the document'
