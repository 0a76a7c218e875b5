// The components as a server renders them, with the real React; in a browser they are tried by
// `crates/cli/tests/it/browser/react.rs`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { createElement, createRef } from "react";
import { renderToString } from "react-dom/server";
import * as react from "@probity/sdk/react";
import type { ProbityElement } from "@probity/sdk/react";
import { HERE } from "./serving.js";

const { ProbityConfirm, ProbityLimits, ProbityNotEnough, ProbityPrice, ProbityPrices } = react;
const { ProbityProvider, ProbityReceipts, ProbityWallet, useProbity } = react;

test("every element is rendered with what is said of it, and nothing else", () => {
  const heard = () => assert.fail("nothing happens on a server");
  const all = [
    createElement(
      ProbityPrice,
      {
        action: "tailor_document",
        artifact: "draft_1",
        quantity: 0,
        inputs: { "a<b": '"' },
        guard: true,
        className: "wide",
        id: "p",
        "aria-label": "price",
        labels: { at_most: "Up to {price}" },
        onGo: heard,
        onPrice: heard,
        onTrouble: heard,
        ref: createRef<ProbityElement>(),
      },
      createElement("button", null, "Go"),
    ),
    createElement(ProbityPrice, { action: "a", guard: false, view: "compact", again: "redo" }),
    createElement(ProbityWallet, { side: "start", open: true, style: { color: "red" } }),
    createElement(ProbityWallet, { open: false }),
    createElement(ProbityNotEnough, { problem: { detail: "no" }, handles: ["raise_cap", "wait"] }),
    createElement(ProbityConfirm, { action: "a", model: "m", always: true }, "Go"),
    createElement(ProbityPrices),
    createElement(ProbityReceipts, { onQuestion: heard }),
    createElement(ProbityLimits, { onLimits: heard }),
  ].map((one) => renderToString(one));
  assert.deepEqual(all, [
    '<probity-price action="tailor_document" artifact="draft_1" quantity="0" ' +
      'inputs="{&quot;a&lt;b&quot;:&quot;\\&quot;&quot;}" guard="" class="wide" id="p" ' +
      'aria-label="price" label-at-most="Up to {price}"><button>Go</button></probity-price>',
    '<probity-price action="a" view="compact" again="redo"></probity-price>',
    '<probity-wallet side="start" open="" style="color:red"></probity-wallet>',
    "<probity-wallet></probity-wallet>",
    '<probity-not-enough handles="raise_cap wait"></probity-not-enough>',
    '<probity-confirm action="a" model="m" always="">Go</probity-confirm>',
    "<probity-prices></probity-prices>",
    "<probity-receipts></probity-receipts>",
    "<probity-limits></probity-limits>",
  ]);
});

test("on a server there is no page, and what is inside is rendered", () => {
  const Shows = () => createElement("p", null, useProbity() === null ? "not yet" : "there");
  const asks = () => Promise.reject(new Error("nothing is asked on a server"));
  const given = { url: "https://billing.example.com", tokenFrom: asks, who: "ana" };
  const page = createElement(ProbityProvider, given, createElement(Shows));
  assert.equal(renderToString(page), "<p>not yet</p>");
});

test("the module says that it is for browsers", () => {
  const text = readFileSync(join(HERE, "dist/react.js"), "utf8");
  assert.match(text, /^(\/\/.*\n)*"use client";\n/);
  assert.doesNotMatch(text, /from "node:/);
});
