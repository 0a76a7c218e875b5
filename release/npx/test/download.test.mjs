// Which proxy is asked, by the variables that other programs know, too.

import assert from "node:assert/strict";
import { test } from "node:test";
import { proxyFor, without } from "../lib/download.mjs";

const asked = (url, env) => proxyFor(new URL(url), env)?.href;

test("a proxy is for its scheme, or for all", () => {
  const env = { https_proxy: "http://a:1", http_proxy: "b:2" };
  assert.equal(asked("https://x.example/", env), "http://a:1/");
  assert.equal(asked("http://x.example/", env), "http://b:2/");
  assert.equal(asked("http://x.example/", { all_proxy: "http://c:3" }), "http://c:3/");
  assert.equal(asked("https://x.example/", { HTTPS_PROXY: "http://d:4" }), "http://d:4/");
  assert.equal(asked("http://x.example/", { HTTP_PROXY: "http://e:5" }), undefined);
  assert.equal(asked("https://x.example/", { https_proxy: "" }), undefined);
});

test("what no_proxy names is asked directly", () => {
  const all = "http://a:1";
  for (const no_proxy of ["*", "x.example", ".example", "other, x.example:443", "*.example"]) {
    assert.equal(asked("https://x.example/", { https_proxy: all, no_proxy }), undefined, no_proxy);
  }
  for (const no_proxy of ["", "y.example", "ample", "ax.example"]) {
    const env = { https_proxy: all, no_proxy };
    assert.equal(asked("https://x.example/", env), "http://a:1/", no_proxy);
  }
});

test("a proxy of a kind that is not known is told, not passed by", () => {
  assert.throws(() => asked("https://x.example/", { https_proxy: "socks5://a:1" }), /socks5/);
});

test("an address is shown without its password", () => {
  assert.equal(without("https://ana:s3cret@x.example/a").href, "https://x.example/a");
});
