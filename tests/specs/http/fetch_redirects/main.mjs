// Redirections: followed, refused, given as they are.
import { serve } from "corona:http";

const other = serve({ port: 0, hostname: "127.0.0.1" }, (request) =>
  Response.json({ secret: request.headers.get("authorization"), plain: request.headers.get("x-plain") }));
const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  const url = new URL(request.url);
  const [, kind, more] = url.pathname.split("/");
  const to = (location, status = 302) => new Response(null, { status, headers: { location } });
  switch (kind) {
    case "end":
      return Response.json({
        method: request.method, body: request.text().get(), type: request.headers.get("content-type"),
      });
    case "status":
      return to("/end", Number(more));
    case "loop":
      return to("/loop");
    case "count":
      return Number(more) === 0 ? to("/end") : to(`/count/${more - 1}`);
    case "relative":
      return to("../end");
    case "other":
      return to(other.url);
    case "https":
      return to("https://example.com/");
    case "bad":
      return to("http://[");
    case "none":
      return new Response("no location", { status: 302 });
  }
});

const ask = (path, init) => {
  try {
    const response = fetch(`${server.url}${path}`, init).get();
    const text = response.text().get();
    console.log(path, response.status, response.redirected, new URL(response.url).pathname, text);
  } catch (error) {
    console.log(path, error.name, error.message, "<-", error.cause?.code, error.cause?.message);
  }
};

for (const status of [301, 302, 303, 307, 308]) ask(`status/${status}`, { method: "POST", body: "data" });
ask("status/303", { method: "PUT", body: "data" });
ask("status/302", { method: "HEAD" });
ask("status/307", { method: "POST", body: ["once"].values() });
ask("relative/a/b");
ask("count/19");
ask("count/20");
ask("loop");
ask("https");
ask("bad");
ask("none");
ask("other", { headers: { authorization: "secret", "x-plain": "kept" } });
ask("status/302", { redirect: "manual" });
ask("status/302", { redirect: "error" });
server.close();
other.close();
