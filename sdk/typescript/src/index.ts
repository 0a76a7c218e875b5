// What `@probity/sdk` offers. Nothing is done here.

export { Probity } from "./probity.js";
export type { Asked, Begins, Done, Options, Reopens, WhenAway } from "./probity.js";
export { Run } from "./run.js";
export { receiptOf, type Work } from "./carry.js";
export type { Ending } from "./ending.js";
export { ProbityDenied, ProbityError, ProbityRunning } from "./problems.js";
export { ProbityUnavailable, ProbityUntold } from "./problems.js";
export type { Applied } from "./problems.js";
export { attemptOf, type Also } from "./usage.js";
export type { Api } from "./calls.js";
export type { components, paths } from "./generated/api.js";
export { DENIALS } from "./shapes.js";
export type {
  Attempt,
  Check,
  Credits,
  DenialCode,
  DenialJson,
  Length,
  Outcome,
  Prices,
  ProblemCode,
  ProblemJson,
  Quote,
  Receipt,
  Report,
  Started,
  Token,
  Usage,
  Wallet,
  WayForward,
} from "./shapes.js";
