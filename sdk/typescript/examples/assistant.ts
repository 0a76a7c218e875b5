// The Vercel AI SDK: every call of the model is a run of its own, refused before the provider is
// asked.
import { createOpenAI } from "@ai-sdk/openai";
import { streamText, wrapLanguageModel } from "ai";
import { Probity } from "@probity/sdk";
import { charged } from "@probity/sdk/ai";

const probity = new Probity();
const { OPENAI_BASE_URL: baseURL = "https://api.openai.com/v1" } = process.env;
const model = wrapLanguageModel({
  model: createOpenAI({ baseURL }).chat("gpt-4o-mini"),
  middleware: charged(probity, "map_market", { customer: "ana" }),
});
const { textStream } = streamText({ model, prompt: "Hello" });
for await (const text of textStream) process.stdout.write(text);
console.log();
