// app/drafts/page.tsx, in Next.js or wherever React is: a button that says what it costs before it
// is pressed, and a wallet that knows after.
"use client";

import { useState } from "react";
import { ProbityPrice, ProbityProvider, ProbityWallet, useProbity } from "@probity/sdk/react";
import type { Go } from "@probity/sdk/react";

/** `billing` is where browsers reach `probity serve`; `user` is who is signed in. */
export default function Drafts({ billing, user }: { billing: string; user: string }) {
  return (
    <ProbityProvider url={billing} tokenFrom="/billing/token" who={user}>
      <ProbityWallet side="start" />
      <Tailor draft="draft_1" />
    </ProbityProvider>
  );
}

function Tailor({ draft }: { draft: string }) {
  const probity = useProbity();
  const [words, setWords] = useState("");
  const start = async ({ quote, artifact }: Go) => {
    const answer = await fetch("/tailor", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ quote, artifact }),
    });
    const told = (await answer.json()) as { words: string; seq: number };
    if (!answer.ok) return void probity?.show(told); // refused meanwhile: why, and what to do
    setWords(told.words);
    probity?.refresh(told);
  };
  return (
    <>
      <ProbityPrice
        action="tailor_document"
        artifact={draft}
        guard
        onGo={(asked) => void start(asked)}
      >
        <button>Tailor my letter</button>
      </ProbityPrice>
      <p role="status">{words}</p>
    </>
  );
}
