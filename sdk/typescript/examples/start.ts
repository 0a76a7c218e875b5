// Work that is charged by how it ends.
import OpenAI from "openai";
import { Probity, ProbityDenied } from "@probity/sdk";

const probity = new Probity(); // PROBITY_URL, PROBITY_KEY
const openai = new OpenAI(); // OPENAI_API_KEY
const asked = { customer: "ana", artifact: "draft_9" };
const done = await probity
  .run("tailor_document", asked, async (run) => {
    const messages = [{ role: "user" as const, content: "Tailor my letter." }];
    const answer = await openai.chat.completions.create({ model: "gpt-4.1", messages });
    run.attempt(answer); // for the books of cost
    return answer.choices[0]?.message.content; // returned: delivered; thrown: failed, and free
  })
  .catch((error: unknown) => {
    if (error instanceof ProbityDenied) console.log(error.words, error.waysForward);
    else throw error;
  });
if (done) console.log(done.value, "\n", done.receipt.words);
