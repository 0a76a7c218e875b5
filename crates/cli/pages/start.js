// The start: who comes is known before anything asks.

arrive();
linkBack();
/** @type {[string, typeof ProbityElement][]} */
const pieces = [
  ['my-who', MyWho],
  ['my-door', MyDoor],
  ['my-receipt', MyReceipt],
  ['my-linked', MyLinked],
  ['my-receipts', MyReceipts],
  ['my-wallet', MyWallet],
  ['my-lately', MyLately],
  ['my-pace', MyPace],
  ['my-top-up', MyTopUp],
  ['my-stops', MyStops],
  ['my-terms', MyTerms],
  ['my-contract', MyContract],
];
for (const [name, piece] of [...PIECES, ...pieces]) customElements.define(name, piece);
