// A run that is begun by a request, and worked on by a background job.
import { Probity, ProbityDenied } from "@probity/sdk";

const probity = new Probity();
const queue: string[] = [];

// The request: it is asked and held, and the page has its answer.
try {
  const asked = { customer: "ana", artifact: "map_42", holdFor: "10 minutes" as const };
  const run = await probity.start("enrich_market_map", asked);
  queue.push(run.id);
  console.log(run.started?.words);
} catch (error) {
  if (!(error instanceof ProbityDenied)) throw error;
  console.log(error.words);
}

// The job, elsewhere: it gets more time by itself, and may be delivered twice.
for (const id of queue) {
  const { receipt } = await probity.continue(id, async (run) => {
    run.attempt({ services: { company_data: 5 } });
    run.partial(5);
  });
  console.log(receipt.words);
}
