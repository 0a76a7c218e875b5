// The official Anthropic client, with every answer's usage told to a run.

import type Anthropic from "@anthropic-ai/sdk";
import { tracking, type Told } from "./track.js";

/**
 * The same client, every call of which becomes an attempt of the run, streamed ones too:
 * `const anthropic = track(run, new Anthropic())`. Where it speaks with somebody else, say who.
 */
export function track<Client extends Anthropic>(
  run: Told,
  client: Client,
  provider = "anthropic",
): Client {
  const { fetch: own } = client as unknown as { fetch?: typeof fetch };
  const fetch = tracking(run, provider, own ?? globalThis.fetch);
  return client.withOptions({ fetch }) as Client;
}
