// One custom element as a component: props become attributes, events callbacks. The same in React
// 18, which knows attributes alone and no events of custom elements, and 19, which sets properties.

import { createElement, forwardRef, useCallback, useEffect } from "react";
import { useLayoutEffect, useRef } from "react";
import type { ForwardRefExoticComponent, HTMLAttributes, Ref, RefAttributes } from "react";
import type { Trouble } from "./told.js";

/** An element of the page; `price` is what a `ProbityPrice` shows. */
export type ProbityElement = HTMLElement & { readonly price?: unknown };

/** What every component takes, beside what HTML elements do. */
export interface Common {
  /** Other words for its labels: `{ free: "On the house" }`. */
  labels?: Record<string, string> | undefined;
  /** Something could not be shown. */
  onTrouble?: ((trouble: Trouble, event: CustomEvent<Trouble>) => void) | undefined;
}

type Html = Omit<HTMLAttributes<HTMLElement>, "children" | "dangerouslySetInnerHTML">;

/** A component of an element. */
export type Component<Own extends object> = ForwardRefExoticComponent<
  Own & Common & Omit<Html, keyof Own | keyof Common> & RefAttributes<ProbityElement>
>;

/** Callbacks, and the events that call them. */
const EVENTS = {
  onPrice: "probity:price",
  onGo: "probity:go",
  onWay: "probity:way",
  onQuestion: "probity:question",
  onLimits: "probity:limits",
  onTrouble: "probity:trouble",
} as const;

/** Attributes that are said in another form than as they are written. */
const SAID = new Set(["inputs", "handles", "quantity", "guard", "always", "open"]);

type Told = Partial<Record<keyof typeof EVENTS, (detail: unknown, event: CustomEvent) => void>>;
type Props = Record<string, unknown>;

/** Before the page is painted; on servers, where there is no page, not at all. */
export const useCommit = typeof document === "undefined" ? useEffect : useLayoutEffect;

/** The component of the element with this name. */
export function element<Own extends object>(name: string, shown: string): Component<Own> {
  const component = forwardRef<ProbityElement, Props>((props, forwarded) => {
    const here = useRef<ProbityElement | null>(null);
    const told = useRef<Told>({});
    const { problem } = props;
    useCommit(() => {
      told.current = props as Told;
    });
    useCommit(() => listening(here.current, told), []);
    // Never a prop: React 19 sets a property of that name, and before the script is there it would
    // hide the element's own.
    const text = problem == null ? null : JSON.stringify(problem);
    useCommit(() => {
      if (text !== null) here.current?.setAttribute("problem", text);
      else here.current?.removeAttribute("problem");
    }, [text]);
    const ref = useMerged(here, forwarded);
    // Elements mark themselves while they load, maybe before the page is alive.
    return createElement(name, { ...attributesOf(props), ref, suppressHydrationWarning: true });
  });
  component.displayName = shown;
  return component as unknown as Component<Own>;
}

/** Hears what this element tells, not what others inside of it do. */
function listening(node: ProbityElement | null, told: { current: Told }): () => void {
  if (node === null) return () => undefined;
  const all = Object.entries(EVENTS).map(([prop, event]) => {
    const hear = (heard: Event) => {
      if (heard.target !== node) return;
      const { detail } = heard as CustomEvent<unknown>;
      told.current[prop as keyof typeof EVENTS]?.(detail, heard as CustomEvent);
    };
    node.addEventListener(event, hear);
    return () => node.removeEventListener(event, hear);
  });
  // It may have been shown before the page was alive.
  const { price } = node;
  if (price != null) node.dispatchEvent(new CustomEvent(EVENTS.onPrice, { detail: price }));
  return () => {
    for (const end of all) end();
  };
}

/** One ref for us and for whoever asked for it; the same as long as theirs is. */
function useMerged(
  here: { current: ProbityElement | null },
  forwarded: Ref<ProbityElement>,
): (node: ProbityElement | null) => void {
  /** What theirs answered, which React 19 calls in place of it with null. */
  const clean = useRef<unknown>(undefined);
  return useCallback(
    (node) => {
      here.current = node;
      if (typeof forwarded !== "function") {
        if (forwarded !== null) forwarded.current = node;
        return;
      }
      const ends = clean.current;
      clean.current = undefined;
      if (node === null && typeof ends === "function") (ends as () => void)();
      else clean.current = forwarded(node);
    },
    [here, forwarded],
  );
}

function attributesOf(props: Props): Props {
  const attributes: Props = {};
  for (const [prop, value] of Object.entries(props)) {
    if (prop in EVENTS || prop === "problem" || prop === "labels") continue;
    const name = prop === "className" ? "class" : prop;
    attributes[name] = SAID.has(prop) ? said(value) : value;
  }
  for (const [key, words] of Object.entries((props["labels"] ?? {}) as Record<string, string>))
    attributes[`label-${key.replaceAll("_", "-")}`] = words;
  return attributes;
}

/** A value as an attribute has it. */
function said(value: unknown): string | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  if (value === true) return "";
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
