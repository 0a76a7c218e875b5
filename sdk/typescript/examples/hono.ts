// A Hono route that is charged by how it ends.
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { Probity } from "@probity/sdk";
import { charge, tokenRoute } from "@probity/sdk/hono";

const probity = new Probity();
const app = new Hono();

app.post(
  "/maps/:map/enrich",
  charge("enrich_market_map", {
    probity,
    customer: (c) => c.req.header("x-user"),
    artifact: (c) => c.req.param("map"),
  }),
  (c) => {
    const sections = ["companies", "salaries", "skills", "places", "news"];
    // 5 of 8 arrived: the contract shares the price.
    c.get("run").partial(sections.length);
    return c.json({ sections });
  },
);
app.post(
  "/probity-token",
  tokenRoute(probity, (c) => c.req.header("x-user")),
);

serve(
  { fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.env["PORT"] ?? 3000) },
  (info) => {
    console.log(`Listening on http://127.0.0.1:${info.port};`);
  },
);
