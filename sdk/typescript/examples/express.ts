// An Express route that is charged by how it ends, and the token that a page needs.
import express from "express";
import OpenAI from "openai";
import { Probity } from "@probity/sdk";
import { charge, runOf, tokenRoute } from "@probity/sdk/express";
import { track } from "@probity/sdk/openai";

const probity = new Probity();
const app = express();
/** Whoever your sign-in knows. */
const customer = (request: express.Request) => request.get("x-user");

app.post(
  "/drafts/:draft/tailor",
  charge("tailor_document", {
    probity,
    customer,
    artifact: (request) => request.params["draft"] as string,
  }),
  async (request, response) => {
    const run = runOf(request);
    if (run.reopened) return void response.send("the letter that you have kept");
    const openai = track(run, new OpenAI());
    const messages = [{ role: "user" as const, content: "Tailor my letter." }];
    const answer = await openai.chat.completions.create({
      model: "gpt-4.1",
      messages,
      stream: true,
    });
    // Who leaves while it is coming has abandoned it; who leaves before pays nothing.
    for await (const event of answer) response.write(event.choices[0]?.delta.content ?? "");
    response.end();
  },
);
app.post("/probity-token", tokenRoute(probity, customer));

const server = app.listen(Number(process.env["PORT"] ?? 3000), () => {
  const address = server.address();
  if (typeof address === "object") console.log(`Listening on http://127.0.0.1:${address?.port};`);
});
