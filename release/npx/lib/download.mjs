// Fetches one file of a known size into memory, through a proxy where the environment names one.
// Node's own fetch knows proxies only since version 24; this does since 20. It does not judge what
// it fetched: whoever asked holds it against a checksum.

import http from "node:http";
import https from "node:https";

const REDIRECTS = 5;
// Since the last byte, not since the start: slow is not broken.
const SILENCE = 30_000;

/** The bytes at the address; fewer where it broke off, no more than shows that they are too many. */
export async function download(url, bytes, env = process.env) {
  let address = new URL(url);
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    const answer = await ask(address, env);
    const to = answer.headers.location;
    if (answer.statusCode < 300 || answer.statusCode >= 400 || !to) {
      if (answer.statusCode === 200) return content(answer, bytes);
      answer.destroy();
      throw new Error(`${address.host} answers ${answer.statusCode}`);
    }
    answer.destroy();
    address = new URL(to, address);
    if (!/^https?:$/.test(address.protocol)) throw new Error(`it is led on to ${address.protocol}`);
  }
  throw new Error(`it is led on more than ${REDIRECTS} times`);
}

async function content(answer, bytes) {
  const parts = [];
  let length = 0;
  try {
    for await (const part of answer) {
      parts.push(part);
      length += part.length;
      if (length > bytes) break;
    }
  } catch {
    // It broke off: what came is too short, and whoever asked says so.
  }
  return Buffer.concat(parts);
}

async function ask(address, env) {
  const proxy = proxyFor(address, env);
  const headers = { "user-agent": "probity-cli", accept: "*/*" };
  Object.assign(headers, credentials("authorization", address));
  address = without(address);
  if (!proxy) return answered(client(address).get(address, { headers, agent: false }));
  if (address.protocol === "https:") {
    const socket = await tunnel(proxy, address);
    return answered(https.get(address, { headers, socket, agent: false }));
  }
  Object.assign(headers, credentials("proxy-authorization", proxy), { host: address.host });
  const way = { ...to(proxy), path: address.href, headers, agent: false };
  return answered(client(proxy).get(way));
}

/** A connection to the address through the proxy; what passes is encrypted from end to end. */
function tunnel(proxy, address) {
  const path = `${address.hostname}:${address.port || 443}`;
  const headers = { ...credentials("proxy-authorization", proxy), host: path };
  const request = client(proxy).request({ ...to(proxy), method: "CONNECT", path, headers });
  return new Promise((done, failed) => {
    silent(request).on("error", failed).end();
    request.on("connect", ({ statusCode }, socket) => {
      if (statusCode === 200) return done(socket);
      socket.destroy();
      failed(new Error(`the proxy ${proxy.host} answers ${statusCode}`));
    });
  });
}

function answered(request) {
  return new Promise((done, failed) => silent(request).on("response", done).on("error", failed));
}

function silent(request) {
  const what = `nothing came for ${SILENCE / 1000} seconds`;
  return request.setTimeout(SILENCE, () => request.destroy(new Error(what)));
}

/** The proxy that the environment names for the address: curl's variables, in curl's order. */
export function proxyFor(address, env) {
  const scheme = address.protocol.slice(0, -1);
  // HTTP_PROXY in capitals is left out, as curl does: CGI lets whoever asks set it.
  const names = [`${scheme}_proxy`, ...(scheme === "https" ? ["HTTPS_PROXY"] : [])];
  const named = [...names, "all_proxy", "ALL_PROXY"].map((name) => env[name]).find(Boolean);
  if (!named || excepted(address, env.no_proxy ?? env.NO_PROXY ?? "")) return undefined;
  const proxy = new URL(named.includes("://") ? named : `http://${named}`);
  if (!/^https?:$/.test(proxy.protocol)) {
    throw new Error(`proxies of the kind ${proxy.protocol} are not known here`);
  }
  return proxy;
}

function excepted(address, list) {
  const host = address.hostname.replace(/^\[|\]$/g, "");
  const names = list.split(/[,\s]+/).filter(Boolean);
  return names.some((name) => {
    const plain = name.replace(/^\*?\./, "").replace(/:\d+$/, "");
    return name === "*" || host === plain || host.endsWith(`.${plain}`);
  });
}

function client(address) {
  return address.protocol === "https:" ? https : http;
}

function to(proxy) {
  const host = proxy.hostname.replace(/^\[|\]$/g, "");
  return { host, port: proxy.port || (proxy.protocol === "https:" ? 443 : 80) };
}

function credentials(header, address) {
  if (!address.username) return {};
  const pair = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
  return { [header]: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** An address without the name and password that a mirror may want. */
export function without(address) {
  return Object.assign(new URL(address), { username: "", password: "" });
}
