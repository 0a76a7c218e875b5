// The script of the elements in a page: loaded once, set up once for each who asks. Nothing is
// touched when this is imported.

import type { About, Agreed } from "./told.js";

/** Where a token comes from: an address of your own site, or a function. */
export type TokenFrom = string | Asks;
/** Asks your own site for a token. */
type Asks = () => Promise<{ token: string } | string>;

/** What the script offers to pages. */
export interface Page {
  /** Fetches anew what is shown; with the `seq` of an answer to your server, nothing older. */
  refresh(since?: { seq?: number | undefined }): void;
  /** Asks where the contract does: the quote to start with, or null. */
  confirm(request: About): Promise<Agreed | null>;
  /** Shows a refusal as a dialog, until it is closed; ways that are taken are told to the element. */
  show(problem: object, from?: Element | null): Promise<void>;
  /** Labels in another language. */
  labels(language: string, words: Record<string, string>): void;
  /** Sets up who asks; `ProbityProvider` does. */
  use(given: SetUp): void;
}

/** Who asks, and where. */
export interface SetUp {
  url?: string | undefined;
  tokenFrom?: TokenFrom | undefined;
  method?: "GET" | "POST" | undefined;
  token?: string | undefined;
}

/** The element that is known once all are. */
const FIRST = "probity-price";
let loading: Promise<Page> | undefined;
/** What was set up last: the same again asks for no other token. */
let last: string | undefined;
let asking: Asks | undefined;
let policy: { createScriptURL(at: string): string } | undefined;

/** The page's `Probity`, where it is there. */
export function pageNow(): Page | null {
  return (globalThis as { Probity?: Page }).Probity ?? null;
}

/** Tells when it is there; what it answers ends that. */
export function soon(told: () => void): () => void {
  let isOver = false;
  const tells = () => {
    if (!isOver) told();
  };
  if (pageNow() === null) void customElements.whenDefined(FIRST).then(tells);
  return () => {
    isOver = true;
  };
}

/** Loads the script, where nobody has. */
export function load(url: string, nonce: string | undefined): Promise<Page> {
  loading ??= loaded(url, nonce).catch((error: unknown) => {
    // Whoever asks again has it tried again.
    loading = undefined;
    throw error;
  });
  return loading;
}

/** From now on tokens come from this function, whichever was set up before. */
export function asksBy(asks: Asks): void {
  asking = asks;
}

/** Says who asks, once. */
export function setUp(page: Page, given: SetUp, who: string | null | undefined): void {
  const { url, tokenFrom, method, token } = given;
  const isAsked = typeof tokenFrom === "function";
  const all = JSON.stringify([url, isAsked || tokenFrom, method, token, who]);
  if (all === last) return;
  last = all;
  const asks: Asks = () => (asking === undefined ? Promise.resolve("") : asking());
  const from = isAsked ? asks : tokenFrom;
  const said = Object.entries({ url, tokenFrom: from, method, token });
  page.use(Object.fromEntries(said.filter(([, value]) => value !== undefined)));
}

async function loaded(url: string, nonce: string | undefined): Promise<Page> {
  const isThere = [...document.scripts].some(({ src }) => /\/elements\.js($|\?)/.test(src));
  if (pageNow() === null && !isThere) await added(`${url.replace(/\/+$/, "")}/elements.js`, nonce);
  await customElements.whenDefined(FIRST);
  const page = pageNow();
  if (page === null) throw new Error("The elements are there, and Probity is not.");
  return page;
}

function added(at: string, nonce: string | undefined): Promise<void> {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.async = true;
    if (nonce !== undefined) script.nonce = nonce;
    script.onload = () => done();
    script.onerror = () => {
      script.remove();
      failed(new Error(`${at} could not be loaded.`));
    };
    script.src = trusted(at);
    document.head.append(script);
  });
}

/** Pages may require that addresses of scripts are made by a policy: ours is called `probity`. */
function trusted(at: string): string {
  const types = (globalThis as { trustedTypes?: Types }).trustedTypes;
  policy ??= types?.createPolicy("probity", { createScriptURL: (url) => url });
  return policy === undefined ? at : policy.createScriptURL(at);
}

interface Types {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(at: string): string };
}
