// The official OpenAI client, with every answer's usage told to a run.

import type OpenAI from "openai";
import { tracking, type Told } from "./track.js";

/**
 * The same client, every call of which becomes an attempt of the run, streamed ones too:
 * `const openai = track(run, new OpenAI())`. Where it speaks with somebody else, say with whom.
 */
export function track<Client extends OpenAI>(
  run: Told,
  client: Client,
  provider = "openai",
): Client {
  // A client of Azure forgets its version where it is made anew.
  const { fetch: own, apiVersion } = client as unknown as Own;
  const fetch = tracking(run, provider, own ?? globalThis.fetch);
  const version = apiVersion === undefined ? {} : { apiVersion };
  return client.withOptions({ fetch, ...version }) as Client;
}

interface Own {
  fetch?: typeof fetch;
  apiVersion?: string;
}
