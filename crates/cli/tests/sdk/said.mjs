// What the official JavaScript client shows of a gateway: a JSON line for each thing it was asked.
import OpenAI from "openai";
import { createInterface } from "node:readline";

const [url, customer] = process.argv.slice(2);
const headers = { "x-customer-id": customer };
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: "theirs", defaultHeaders: headers, maxRetries: 0 });
const HELLO = [{ role: "user", content: "Hello" }];

async function ask(model, stream, fault) {
  const answer = await client.chat.completions.create({ model, messages: HELLO, stream }, { headers: { "fake-fault": fault } });
  if (!stream) return answer.choices[0].message.content;
  let text = "";
  for await (const event of answer) text += event.choices[0].delta.content ?? "";
  return text;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [, model, stream, fault] = JSON.parse(line);
  let said;
  try {
    said = { text: await ask(model, stream, fault) };
  } catch (error) {
    said = { error: [error.constructor.name], status: error.status, message: error.message, body: error.error ?? {} };
  }
  console.log(JSON.stringify(said));
}
