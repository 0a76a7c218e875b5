// The official OpenAI client, with every answer's usage told to a run.

import type OpenAI from "openai";
import { tracking, type Told } from "./track.js";

/**
 * The same client, every call of which becomes an attempt of the run, streamed ones too:
 * `const openai = track(run, new OpenAI())`. Where it speaks with somebody else, say who: `"azure"`.
 */
export function track<Client extends OpenAI>(
  run: Told,
  client: Client,
  provider = "openai",
): Client {
  const { fetch: own } = client as unknown as { fetch?: typeof fetch };
  const fetch = tracking(run, provider, own ?? globalThis.fetch);
  return client.withOptions({ fetch }) as Client;
}
