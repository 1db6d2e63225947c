// Handlers that fail: the client learns nothing but the status, the error is printed, the server lives.
import { serve } from "corona:http";
import { sleep } from "corona";

const bad = {
  "/throws": () => {
    throw new Error("secret");
  },
  "/rejects": async () => {
    throw new TypeError("also secret");
  },
  "/string": () => {
    throw "not an error";
  },
  "/number": () => 5,
  "/nothing": () => {},
  "/used": () => {
    const response = new Response("x");
    response.text();
    return response;
  },
  "/error": () => Response.error(),
  "/fine": () => new Response("fine"),
};
const handler = (request) => bad[new URL(request.url).pathname]();
const server = serve({ port: 0, hostname: "127.0.0.1" }, handler);
for (const path of Object.keys(bad)) {
  const response = fetch(new URL(path, server.url)).get();
  console.log(path, response.status, JSON.stringify(response.text().get()));
}
server.close();

const caring = serve({
  port: 0, hostname: "127.0.0.1",
  onError(error, request) {
    sleep(1);
    if (request.url.endsWith("/string")) throw new Error("in onError");
    return new Response(`${error.message} at ${new URL(request.url).pathname}`, { status: 418 });
  },
  onListen: ({ hostname, url }) => console.log("listening at", hostname, url.startsWith("http://127.0.0.1:")),
}, handler);
for (const path of ["/throws", "/rejects", "/string"]) {
  const response = fetch(new URL(path, caring.url)).get();
  console.log(path, response.status, JSON.stringify(response.text().get()));
}

// What serve itself refuses.
for (const fn of [
  () => serve(),
  () => serve({ port: 70000 }, handler),
  () => serve({ port: "x" }, handler),
  () => serve({ port: 0, path: "/x" }, handler),
  () => serve({ limits: { headers: -1 } }, handler),
  () => serve({ timeouts: { idle: "1s" } }, handler),
  () => serve({ port: caring.port, hostname: "127.0.0.1" }, handler),
  () => serve({ path: "/nowhere/at/all.sock" }, handler),
  () => serve({ port: 0 }, 5),
]) {
  try {
    fn();
  } catch (error) {
    console.log(error.name, error.code, error.message.replace(caring.port, "PORT"));
  }
}
caring.close();
caring.close();
console.log(caring.shutdown());
