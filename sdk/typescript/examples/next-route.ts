// app/api/drafts/[draft]/tailor/route.ts: a Next.js route handler that is charged by how it ends.
import type { NextRequest } from "next/server.js";
import { charge } from "@probity/sdk/next";

type Context = { params: Promise<{ draft: string }> };

export const POST = charge<NextRequest, Context>(
  "tailor_document",
  {
    // Whoever your sign-in knows.
    customer: (request) => request.cookies.get("user")?.value,
    artifact: async (_, { params }) => (await params).draft,
  },
  async (request, { params }, run) => {
    if (run.reopened) return Response.json({ letter: "the letter that you have kept" });
    const { text } = (await request.json()) as { text?: string };
    // 4xx is free: bad_input.
    if (!text) return Response.json({ error: "there is nothing to tailor" }, { status: 422 });
    return Response.json({ draft: (await params).draft, letter: `Dear team, ${text}` });
  },
);
