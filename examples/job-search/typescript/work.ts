// The scripted work behind the buttons: what it brings stands in script.json, how it ends is picked
// on the page. The client of the model is the real one; its provider is `probity fake-upstream`.

import { readFileSync } from "node:fs";
import OpenAI from "openai";
import type { Run } from "@probity/sdk";

/** The folder of the sample. */
export const here = new URL("../../", import.meta.url);

export function read(name: string): string {
  return readFileSync(new URL(name, here), "utf8");
}

const openai = new OpenAI({
  baseURL: process.env["OPENAI_BASE_URL"] ?? "http://127.0.0.1:8788/v1",
  apiKey: process.env["OPENAI_API_KEY"] ?? "none",
  maxRetries: 0,
});
const script = JSON.parse(read("script.json")) as Record<string, string[]>;

/** What the page sends: the run as the customer agreed to it, and how it is to end. */
export interface Asked {
  quote?: string;
  artifact?: string;
  quantity?: number;
  inputs?: Record<string, string>;
  story?: "works" | "part" | "nothing" | "fails";
}

/** What an action finds or writes. */
export function found(action: string): string[] {
  return script[action] ?? [];
}

/** Asks the best model that the plan allows, and reports what it used. */
export async function ask(run: Run, { story }: Asked, prompt: string) {
  const allowed = run.started?.models_allowed?.findLast((model) => model.startsWith("gpt-"));
  const model = story === "fails" ? "fake-status-500" : (allowed ?? "gpt-4o-mini");
  const messages = [{ role: "user" as const, content: prompt }];
  run.attempt(await openai.chat.completions.create({ model, messages }));
}

/** Asks a supplier, who is away, or finds something or nothing. */
export function lookUp(run: Run, { story }: Asked, supplier: string, found: string[]): string[] {
  if (story === "fails") throw new Error(`${supplier} is away`);
  run.attempt({ services: { [supplier]: 1 } });
  if (story !== "nothing") return found;
  run.empty();
  return [];
}
