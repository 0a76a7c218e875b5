// The elements of `/elements.js` as React components, for React 18 and 19: typed props, events as
// callbacks, and one place that loads the script. What they show and ask is the elements' own.
"use client";

import { createElement, Fragment, useEffect, useRef, useSyncExternalStore } from "react";
import type { FunctionComponentElement, ReactNode } from "react";
import { element, useCommit, type Component } from "./react/element.js";
import { asksBy, load, pageNow, setUp, soon, type Page, type TokenFrom } from "./react/page.js";
import type * as told from "./react/told.js";

/** What components that start something tell. */
interface Starts {
  /** It may start: with the quote that binds its price. */
  onGo?: ((asked: told.Go, event: CustomEvent<told.Go>) => void) | undefined;
  /** A way forward was taken; `event.preventDefault()` keeps its link from being followed. */
  onWay?: ((taken: told.Way, event: CustomEvent<told.Way>) => void) | undefined;
  /** Your own button. */
  children?: ReactNode;
}

/** Props of `ProbityPrice`. */
export interface PriceProps extends told.About, Starts {
  /** `compact`: the price alone; the sentence stays for screen readers. */
  view?: "compact" | undefined;
  /** A press of the button inside asks first where the contract asks, and then tells `onGo`. */
  guard?: boolean | undefined;
  /** What is shown has changed. */
  onPrice?: ((price: told.Price, event: CustomEvent<told.Price>) => void) | undefined;
}

/** Props of `ProbityConfirm`. */
export interface ConfirmProps extends told.About, Starts {
  /** Asks also where the contract does not. */
  always?: boolean | undefined;
}

/** Props of `ProbityWallet`. */
export interface WalletProps {
  /** Towards which side it opens. */
  side?: "start" | undefined;
  /** Opened from the start; whoever presses it opens and closes it. */
  open?: boolean | undefined;
}

/** Props of `ProbityNotEnough`. */
export interface NotEnoughProps {
  /** The refusal, as your server was answered it; null: there is none. */
  problem: object | null;
  /** Ways forward that your page does itself, `["raise_cap"]`: they become buttons. */
  handles?: readonly string[] | undefined;
  /** A way forward was taken; `event.preventDefault()` keeps its link from being followed. */
  onWay?: ((taken: told.Way, event: CustomEvent<told.Way>) => void) | undefined;
}

/** Props of `ProbityReceipts`. */
export interface ReceiptsProps {
  /** The customer said that a receipt is wrong. */
  onQuestion?: ((asked: told.Question, event: CustomEvent<told.Question>) => void) | undefined;
}

/** Props of `ProbityLimits`. */
export interface LimitsProps {
  /** The customer changed their limits. */
  onLimits?: ((changed: object, event: CustomEvent<object>) => void) | undefined;
}

/** What one more costs, before it is started. */
export const ProbityPrice: Component<PriceProps> = element("probity-price", "ProbityPrice");
/** What can be used, and what it is enough for. */
export const ProbityWallet: Component<WalletProps> = element("probity-wallet", "ProbityWallet");
/** A refusal, with its ways forward. */
export const ProbityNotEnough: Component<NotEnoughProps> = element(
  "probity-not-enough",
  "ProbityNotEnough",
);
/** Asks before something is started, where the contract says so. */
export const ProbityConfirm: Component<ConfirmProps> = element("probity-confirm", "ProbityConfirm");
/** Everything with its price. */
export const ProbityPrices: Component<object> = element("probity-prices", "ProbityPrices");
/** What was started, and what became of it. */
export const ProbityReceipts: Component<ReceiptsProps> = element(
  "probity-receipts",
  "ProbityReceipts",
);
/** Where the customer is stopped, and told. */
export const ProbityLimits: Component<LimitsProps> = element("probity-limits", "ProbityLimits");

/** Props of `ProbityProvider`. */
export interface ProviderProps {
  /** Where browsers reach your `probity serve`. */
  url: string;
  /** An address of your own site that answers `{ token }`, or a function that does. */
  tokenFrom?: TokenFrom | undefined;
  /** How that address is asked; `POST` if it is not said. */
  method?: "GET" | "POST" | undefined;
  /** A token that you have already; it is not replaced when it ends. */
  token?: string | undefined;
  /** Who is signed in: once it is somebody else, what was shown of the one before goes at once. */
  who?: string | null | undefined;
  /** Labels by language: `{ de: { free: "Kostenlos" } }`. */
  labels?: Record<string, Record<string, string>> | undefined;
  /** Of the script element, where your page's policy asks for one. */
  nonce?: string | undefined;
  /** An event of the customer's stream, as it came. */
  onEvent?: ((event: object) => void) | undefined;
  /** Something could not be shown, or the script could not be loaded. */
  onTrouble?: ((trouble: told.Trouble) => void) | undefined;
  children?: ReactNode;
}

/** Loads the elements once, after the page is alive, and says who asks. One for each page. */
export function ProbityProvider(props: ProviderProps): FunctionComponentElement<object> {
  const { url, tokenFrom, method, token, who, labels, nonce, children } = props;
  const latest = useRef(props);
  useCommit(() => {
    latest.current = props;
    if (typeof tokenFrom === "function") asksBy(tokenFrom);
  });
  const from = typeof tokenFrom === "function" ? "function" : tokenFrom;
  const words = labels === undefined ? undefined : JSON.stringify(labels);
  useEffect(() => {
    let isOver = false;
    load(url, nonce).then(
      (page) => {
        if (isOver) return;
        setUp(page, { url, tokenFrom: latest.current.tokenFrom, method, token }, who);
        const all = Object.entries(latest.current.labels ?? {});
        for (const [language, each] of all) page.labels(language, each);
      },
      () => {
        if (!isOver) latest.current.onTrouble?.({ kind: "away", problem: null });
      },
    );
    return () => {
      isOver = true;
    };
  }, [url, from, method, token, who, nonce, words]);
  useEffect(() => {
    const event = (told: Event) => latest.current.onEvent?.((told as CustomEvent<object>).detail);
    const trouble = (told: Event) =>
      latest.current.onTrouble?.((told as CustomEvent<told.Trouble>).detail);
    document.addEventListener("probity:event", event);
    document.addEventListener("probity:trouble", trouble);
    return () => {
      document.removeEventListener("probity:event", event);
      document.removeEventListener("probity:trouble", trouble);
    };
  }, []);
  return createElement(Fragment, null, children);
}

/** `Probity` of the script: `confirm`, `show`, `refresh`; null until it is there. */
export function useProbity(): Page | null {
  return useSyncExternalStore(soon, pageNow, () => null);
}

export type { Component, Page, TokenFrom };
export type { Common, ProbityElement } from "./react/element.js";
export type { About, Agreed, Go, Price, Question, Trouble, Way } from "./react/told.js";
