// The sentences of letters about an invoice.

/** One way to say something: a text with the names of facts in braces, or a function that chooses one. */
export type Variant = string | ((facts: { readonly isLate: boolean; readonly order: string | undefined }) => string)

/** The sentences of letters about an invoice, by what they say: one of each list is taken. */
export const letterTexts = {
  // The invoice is sent, or a credit note.
  issued: [
    'Please find attached invoice {number} for {total}, due on {due}.',
    'Invoice {number} over {total} is attached. Payment is due on {due}.',
    'Thank you for your business. We have attached invoice {number} of {issued} for {total}, payable by {due}.',
    'Your invoice {number} is ready: the total is {total}, and payment is due on {due}.',
    'We are sending you invoice {number}, issued on {issued}. It comes to {total} and falls due on {due}.',
    'Attached you will find our invoice {number} in the amount of {total}. We kindly ask for payment by {due}.',
    'With this e-mail you receive invoice {number} for {total}; please pay it by {due}.',
  ],
  creditIssued: [
    'Please find attached {number} of {issued}. It comes to {total}, dated {due}, so there is nothing for you to pay.',
    'We have attached {number}, which shows {total} as of {due}. No payment is needed.',
    '{number} over {total} is attached, with {due} as its value date. You need not do anything.',
  ],
  issuedOrder: [
    'It refers to your purchase order {order}.',
    'Your purchase order {order} is quoted on the invoice.',
    'We have billed it against your purchase order {order}.',
  ],
  issuedClosing: [
    'Please quote {number} with your payment so that we can match it at once.',
    'If anything is missing or unclear, just reply to this e-mail.',
    'Our bank details are on the last page of the invoice.',
    'Thank you for working with {seller}; please get in touch if you have any questions.',
    'Should your accounts payable team need it in another format, let us know.',
    'Please use the reference {number} when you pay.',
  ],

  // The buyer confirms that it has arrived; the seller voids it.
  acknowledged: [
    'Invoice {number} for {total} has reached us and is booked for payment on {due}.',
    'Thank you, we have received invoice {number} over {total}. Our records show {due} as the due date.',
    'Thanks for invoice {number} ({total}, due {due}). It is with the approver now.',
    'This is to confirm receipt of invoice {number} for {total}, due on {due}.',
    'We have entered invoice {number} over {total} in our system with due date {due}.',
    'Received with thanks: invoice {number}, {total}, due on {due}.',
  ],
  acknowledgedClosing: [
    'We will get back to you if anything is missing.',
    'No further action is needed from your side.',
    'Please send future invoices to this address as well.',
    ({ order }) =>
      order === undefined
        ? 'If you have an order number for it, please add it next time.'
        : 'It has been matched with our purchase order {order}.',
  ],
  voided: [
    'We have cancelled invoice {number} for {total}, due on {due}.',
    'Please note that invoice {number} over {total} (due {due}) is void.',
    'Invoice {number} was issued in error. We have voided it, and the {total} due on {due} is no longer payable.',
    'You can disregard invoice {number} for {total} with due date {due}: it has been cancelled.',
    'We withdraw our invoice {number} of {issued} over {total}, due on {due}.',
    'This is to inform you that invoice {number} ({total}, due {due}) has been voided in our books.',
  ],
  voidedClosing: [
    'Please do not pay it. We apologise for the inconvenience.',
    'There is nothing for you to pay.',
    'If you have entered it already, please reverse the entry.',
    'Should a new invoice be needed, it will reach you separately.',
  ],

  // What was asked for on a call is sent; the person whom a wrong contact named is written to.
  copy: [
    'As promised on the telephone, here is a copy of invoice {number}. {open} is open, due since {due}.',
    'Thank you for speaking with us. Attached is invoice {number} once more; the open amount is {open}, and the due date was {due}.',
    'Following our call, please find invoice {number} attached again. It was due on {due}, with {open} open.',
    'Here is the copy of invoice {number} that you asked for, with {open} open since {due}.',
    'You asked for a copy of invoice {number}, due on {due}. It is attached; please note the open amount of {open}.',
    'Further to our call: invoice {number} is attached. Our books show {open} open and a due date of {due}.',
  ],
  copyClosing: [
    'Please let us know the payment date once it has been approved.',
    'Could you tell us by the end of the week when it will be paid?',
    'Please confirm that it has reached you this time.',
    'We look forward to hearing from you.',
  ],
  referred: [
    '{contactName} referred us to you about invoice {number}, which was due on {due}. The open amount is {open}.',
    'We spoke to {contactName}, who told us that you look after payments. Invoice {number} with {open} open was due on {due}.',
    'Your colleague {contactName} gave us your name. It is about invoice {number}: {open}, due since {due}.',
    'We understand from {contactName} that invoice {number}, due on {due}, is in your hands. {open} is still open.',
    'On the telephone {contactName} asked us to write to you about {open} for invoice {number}, due on {due}.',
    'We had written to {contactName} about invoice {number} and learnt that you are in charge. It was due on {due}, and {open} is open.',
  ],
  referredClosing: [
    'A copy is attached. Could you tell us when we can expect payment?',
    'Please find a copy attached, and let us know the payment date.',
    'You will find the invoice attached. Please tell us if anything is missing.',
    'We have attached the invoice and would be grateful for a short answer.',
  ],

  // The buyer disputes, the seller answers.
  dispute: [
    'We have checked invoice {number} for {total}, which {was} due on {due}, and cannot approve it as it stands.',
    'We are writing about invoice {number} over {total}, which {was} due on {due}. It does not agree with our records.',
    'There is a problem with invoice {number} ({total}), which {was} due on {due}.',
    'Our review of invoice {number} for {total}, which {was} due on {due}, has turned up a difference.',
    'We have to query invoice {number} over {total}, which {was} due on {due}.',
    'Invoice {number} for {total}, which {was} due on {due}, is on hold on our side.',
  ],
  disputeClosing: [
    'Please send us a corrected invoice or a credit note.',
    'Could you look into this and get back to us? Until then we cannot release the payment.',
    'Please check and let us have a credit note for the difference.',
    'We will pay as soon as this has been put right.',
    ({ order }) =>
      order === undefined
        ? 'Please send us the papers on which you based this.'
        : 'Please compare it with our purchase order {order} and let us know.',
    'Kindly clarify, and suspend reminders in the meantime.',
  ],
  disputeNoted: [
    'Thank you for telling us about the problem with invoice {number} for {total}, which {was} due on {due}.',
    'We have received your query about invoice {number} over {total}, which {was} due on {due}.',
    'Thanks for your message. We have opened a case for invoice {number} ({total}), which {was} due on {due}.',
    'We are sorry for the trouble with invoice {number} for {total}, which {was} due on {due}.',
    'Your objection to invoice {number} over {total}, which {was} due on {due}, has been recorded.',
    'We have taken up your question about invoice {number} for {total}, which {was} due on {due}.',
  ],
  disputeNotedByCall: [
    'Thank you for speaking with us today about invoice {number} for {total}, which {was} due on {due}.',
    'As discussed on the telephone, we have opened a case for invoice {number} over {total}, which {was} due on {due}.',
    'This is to confirm our call about invoice {number} ({total}), which {was} due on {due}.',
    'Following our conversation, here is what we have noted about invoice {number} for {total}, which {was} due on {due}.',
    'Thanks for your time on the telephone. We have recorded your objection to invoice {number} over {total}, which {was} due on {due}.',
    'Further to our call, your query about invoice {number} for {total}, which {was} due on {due}, is being looked into.',
  ],
  disputeNotedClosing: [
    'We are checking this with our operations team and will come back to you within two working days.',
    'We will compare it with the order and the delivery papers, and let you know what we find.',
    'Reminders for this invoice are suspended until the matter is settled.',
    'If you have papers that help us, please send them in reply to this e-mail.',
    'Should you be right, you will receive a credit note for the difference.',
    'You will hear from us as soon as we know more.',
  ],

  // The buyer announces a payment, the seller confirms it, the buyer has ordered it.
  remittance: [
    'We are paying {amount} for your invoice {number} by {method}. The payment date is {on}.',
    'Please take note of our payment of {amount} for invoice {number}, made by {method} with payment date {on}.',
    'Remittance advice: {amount} by {method} on {on}, for invoice {number}.',
    'Your invoice {number} is in our payment run: {amount} by {method}, payment date {on}.',
    'This is to let you know that {amount} for invoice {number} will reach you by {method} on {on}.',
    'We have released a payment for invoice {number}. You should see {amount} by {method} on {on}.',
  ],
  remittanceClosing: [
    'Please allocate it to the invoice with due date {due}.',
    'Kindly confirm receipt; it is for the item due on {due}.',
    'The invoice total is {total}, due on {due}.',
    'The reference on the payment is {number}. Due date: {due}.',
    'Your invoice was due on {due} according to our books; please tell us if yours say otherwise.',
  ],
  receipt: [
    'Thank you for your payment of {amount}, which we received on {on} for invoice {number}.',
    'We confirm receipt of {amount} for invoice {number} on {on}.',
    'Your payment of {amount} by {method} for invoice {number} arrived on {on}. Thank you!',
    'This is your receipt: {amount} for invoice {number}, received on {on}.',
    'Many thanks. We have booked {amount}, received by {method} on {on}, against invoice {number}.',
    'Good news for both of our books: {amount} for invoice {number} came in on {on}.',
  ],
  receiptOfAll: [
    'The invoice, due on {due}, is now paid in full.',
    'Nothing remains open on it. The due date was {due}.',
    'With this, the total of {total} (due {due}) is settled.',
    'We have closed the invoice with due date {due}.',
    'There is nothing more to pay on the item due {due}.',
  ],
  receiptOfPart: [
    'After this payment {open} remains open, due on {due}.',
    'Of the total of {total}, {open} is still to come. The due date on the invoice is {due}.',
    'The remaining balance is {open}, due on {due}.',
    'That leaves {open} to pay on the invoice due {due}.',
  ],
  receiptOfMore: [
    'You have paid more than was due on {due}: {credit} stands to your credit.',
    'This leaves a credit of {credit} on your account. The due date was {due}.',
  ],
  ordered: [
    'We have ordered the payment of {open} for your invoice {number}, due on {due}.',
    'Invoice {number} (due {due}) has gone into today’s payment run with {open}.',
    'Our bank is processing {open} for invoice {number} with due date {due}.',
    'Payment of invoice {number}, due on {due}, has been released: {open} is on its way.',
    'You will receive {open} for invoice {number} shortly. Its due date is {due}.',
    'Just to keep you posted: {open} for invoice {number}, due {due}, has been approved and sent to the bank.',
  ],
  orderedClosing: [
    'It usually takes one to two working days to arrive.',
    'Please allow two working days for the transfer.',
    'A remittance advice will follow from our bank.',
    'Please let us know if it has not arrived by the end of the week.',
  ],

  // The buyer promises to pay by a day, the seller notes it.
  promise: [
    'Thank you for your message about invoice {number}. We will pay {open} by {promised}.',
    'Invoice {number} has been approved. You will have the {open} by {promised}.',
    'We have scheduled {open} for invoice {number} in our payment run, to reach you by {promised}.',
    'Apologies for the delay with invoice {number}. The {open} will be paid by {promised}.',
    'I can confirm that invoice {number} over {open} will be settled by {promised}.',
    'Please expect {open} for invoice {number} by {promised}.',
    'We were waiting for an approval for invoice {number}; it is here now, and {open} will go out to you by {promised}.',
  ],
  promiseOfPart: [
    'We keep up our query about invoice {number} ({open} open), but will pay the part that is not in question by {promised}.',
    'While our query about invoice {number} with {open} open is being looked into, you will have the undisputed part by {promised}.',
    'Of the {open} open for invoice {number}, we will release what we do not dispute by {promised}.',
  ],
  promiseClosing: [
    ({ isLate }) =>
      isLate
        ? 'We know that it was due on {due} and thank you for your patience.'
        : 'That is in view of the due date, {due}.',
    'Please note the date against the due date of {due} in your records.',
    ({ isLate }) =>
      isLate ? 'Sorry that we missed the due date of {due}.' : 'The due date of {due} is noted here as well.',
    'For our part the due date of {due} is on file, so no further reminder is needed.',
    ({ isLate }) =>
      isLate ? 'The due date of {due} fell into a week with nobody here to sign.' : 'We have {due} as the due date.',
  ],
  promiseNoted: [
    'Thank you. We have noted that you will pay invoice {number}, with {open} open, by {promised}.',
    'Thanks for letting us know; we look forward to your payment for invoice {number} ({open} open) by {promised}.',
    'We have put {promised} down as your payment date for invoice {number}, on which {open} is open.',
    'That works for us: payment for invoice {number} by {promised}. The open amount is {open}.',
    'Your payment date of {promised} for invoice {number} is recorded. Our books show {open} open.',
    'We appreciate your quick answer and will look out for payment of invoice {number}, currently {open}, by {promised}.',
  ],
  promiseNotedByCall: [
    'As agreed on the telephone, we expect your payment for invoice {number} ({open} open) by {promised}.',
    'Thank you for taking our call. You told us that invoice {number}, with {open} open, will be paid by {promised}.',
    'This is to confirm our conversation: you will pay invoice {number} by {promised}. The open amount is {open}.',
    'Following our call we have noted {promised} as the payment date for invoice {number}, on which {open} is open.',
    'Thanks for your time today. Your payment for invoice {number}, currently {open}, is to arrive by {promised}.',
    'Further to our call: we have recorded {promised} for invoice {number}. Our books show {open} open.',
  ],
  promiseNotedClosing: [
    'The original due date was {due}; we will send no reminders until the agreed day.',
    'Please quote {number} with your payment. The due date on the invoice stays {due}.',
    'We note this as an exception to the due date of {due}.',
    'If the date cannot be kept, please tell us in good time. The due date was set for {due}.',
    'Until then we will hold back reminders that the due date of {due} would otherwise bring.',
  ],

  // The seller reminds, ever more firmly.
  courtesy: [
    'This is a friendly note that invoice {number} for {open} is due on {due}.',
    'Just a heads-up: invoice {number} over {open} falls due on {due}.',
    'We would like to remind you that {open} for invoice {number} will be due on {due}.',
    'Invoice {number} is coming up for payment: {open}, due on {due}.',
    'In a few days, on {due}, invoice {number} for {open} is due.',
    'May we draw your attention to invoice {number}? The amount of {open} is payable by {due}.',
  ],
  courtesyClosing: [
    'If payment is already on its way, please ignore this message.',
    'A copy is attached for your convenience.',
    'Please let us know if anything keeps you from paying on time.',
    'There is nothing else you need to do.',
    'If you need a copy for another department, simply forward this e-mail.',
  ],
  firstReminder: [
    'According to our records, invoice {number} for {open} was due on {due} and has not been paid yet.',
    'It may have slipped through: invoice {number} over {open} was due on {due}.',
    'We have not yet received {open} for invoice {number}, which was due on {due}.',
    'Invoice {number} has passed its due date of {due}. The open amount is {open}.',
    'A quick reminder that {open} for invoice {number} has been due since {due}.',
    'Our accounts still show {open} open for invoice {number}, due on {due}.',
  ],
  firstReminderClosing: [
    'If you have paid in the meantime, please disregard this reminder.',
    'Could you let us know when we can expect payment?',
    'If there is a problem with the invoice, please tell us so that we can sort it out.',
    'We would be grateful if you could arrange payment in the next few days.',
    'A copy of the invoice is attached in case you need it.',
  ],
  secondReminder: [
    'Despite our earlier message, invoice {number} for {open} remains unpaid. It was due on {due}.',
    'This is our second reminder for invoice {number}: {open} has been overdue since {due}.',
    'We wrote to you about invoice {number}, due on {due}, and the payment is still missing. The open amount is {open}.',
    'The amount of {open} for invoice {number} is now well past its due date of {due}.',
    'Invoice {number}, due on {due}, is still open in our books with {open}.',
    'We are still waiting for {open} that was payable on {due} under invoice {number}.',
  ],
  secondReminderClosing: [
    'Please pay within seven days, or tell us today what is holding up the payment.',
    'Please confirm by return the date on which you will pay.',
    'We ask you to settle the amount within one week.',
    'If the invoice is in question, please name the lines concerned so that we can look into them.',
    'Please treat this as a priority, and send us the payment date.',
  ],
  thirdReminder: [
    'This is our final reminder for invoice {number}. {open} has been overdue since {due}.',
    'Invoice {number} was due on {due}. In spite of several reminders, {open} is still outstanding.',
    'We must ask you for immediate payment of {open} for invoice {number}, which was due on {due}.',
    'Final notice: {open} under invoice {number}, due on {due}, has still not reached us.',
    'Our reminders about invoice {number}, due on {due}, have not settled it. We ask for {open} without further delay.',
    'The matter of invoice {number} can no longer wait: {open} was payable by {due}.',
  ],
  thirdReminderClosing: [
    'If we do not receive payment within five working days, we will suspend further deliveries and pass the claim on for collection.',
    'Unless the amount arrives within five working days, your account will be put on hold.',
    'Please pay at once. After five working days we will hand the claim to a collection agency.',
    'We would regret having to take further steps, and will do so if there is no payment within five working days.',
    'Please call us today if you cannot pay the full amount, so that we can agree on instalments.',
  ],
  promiseBroken: [
    'You told us that invoice {number}, due on {due}, would be paid by {promised}. We have not received the {open}.',
    'The payment of {open} that you announced for {promised} has not arrived. Invoice {number} has been overdue since {due}.',
    'We relied on your word that {open} for invoice {number} (due {due}) would reach us by {promised}, and must ask again.',
    'Your promised payment date for invoice {number}, {promised}, has passed. {open} is still open; the due date was {due}.',
    'On {promised} we expected {open} from you for invoice {number}, which was due on {due}. It has not come in so far.',
    'Could you check what happened to your payment for invoice {number}? You had named {promised}, the due date was {due}, and {open} is missing.',
  ],
} as const satisfies Readonly<Record<string, readonly Variant[]>>
