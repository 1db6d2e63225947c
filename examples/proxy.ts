// A reverse proxy: spreads requests over several backends and streams both ways, whatever the size.
//
//     corona run examples/proxy.ts 8080 http://127.0.0.1:9001 http://127.0.0.1:9002
//     curl http://localhost:8080/                    answered by one of the two
//
// The bodies are handed through as streams: no more than a few chunks of an upload or a download are in memory, and a
// side that is slow slows the other down. A backend that cannot be reached is left out for a while.

import { serve } from "corona:http";
import { args } from "corona:process";

const PAUSE_MS = 5_000;
/** Headers that belong to one connection, not to the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = [
  "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
  "transfer-encoding", "upgrade",
];

const [port = "8080", ...urls] = args;
if (urls.length === 0) {
  console.error("usage: corona run proxy.ts PORT BACKEND…");
  process.exit(2);
}
const backends = urls.map((url) => ({ url: new URL(url), pausedUntil: 0 }));
let turn = 0;

const server = serve({ port: Number(port), limits: { bodyBytes: Infinity } }, (request, info) => {
  for (let tried = 0; tried < backends.length; tried++) {
    const backend = choose();
    try {
      return forward(request, backend.url, info.remoteAddress.hostname);
    } catch (error) {
      if (request.signal.aborted) throw error; // the client has gone: nobody's fault
      console.error(`${backend.url.origin}: ${(error as Error).message}`);
      backend.pausedUntil = performance.now() + PAUSE_MS;
      // What was sent of a body is gone: only a request without one can go to another backend.
      if (request.bodyUsed) break;
    }
  }
  return new Response("No backend answers.\n", { status: 502 });
});
console.log(`Proxy on ${server.url}`);

/** The next backend in turn that is not paused; if all are, the next. */
function choose() {
  for (let i = 0; i < backends.length; i++) {
    const backend = backends[turn++ % backends.length];
    if (backend.pausedUntil <= performance.now()) return backend;
  }
  return backends[turn++ % backends.length];
}

function forward(request: Request, backend: URL, client: string): Response {
  const { pathname, search } = new URL(request.url);
  const headers = endToEnd(request.headers);
  headers.set("host", backend.host);
  headers.append("x-forwarded-for", client);
  const response = fetch(new URL(pathname + search, backend), {
    method: request.method,
    headers,
    body: request.body,
    duplex: "half",
    redirect: "manual",
    signal: request.signal,
  }).get();
  return new Response(response.body, {
    status: response.status,
    statusText: response.statusText,
    headers: endToEnd(response.headers),
  });
}

/** The headers without those of one hop, and without those that `Connection` names. */
function endToEnd(original: Headers): Headers {
  const headers = new Headers(original);
  for (const name of (headers.get("connection") ?? "").split(",")) {
    if (name.trim() !== "") headers.delete(name.trim());
  }
  for (const name of HOP_BY_HOP) headers.delete(name);
  return headers;
}
