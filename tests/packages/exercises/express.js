// node: a server on node:http
import express from "express";
import { once } from "node:events";
import { show } from "./show.js";

const app = express();
app.disable("x-powered-by");
app.use(express.json());
app.use((request, response, next) => { response.set("X-Order", "1"); next(); });
const router = express.Router({ mergeParams: true });
router.get("/:name", (request, response) => response.json({ id: request.params.id, name: request.params.name, query: request.query }));
app.use("/users/:id", router);
app.post("/echo", (request, response) => response.status(201).send({ got: request.body }));
app.get("/throw", () => { throw Object.assign(new Error("teapot"), { status: 418 }); });
app.get("/redirect", (request, response) => response.redirect("/users/1/x"));
app.get("/cookie", (request, response) => response.cookie("a", "b c", { httpOnly: true }).type("txt").send("ok"));
app.use((error, request, response, next) => response.status(error.status ?? 500).json({ error: error.message }));
const server = app.listen(0, "127.0.0.1");
await once(server, "listening");
const base = `http://127.0.0.1:${server.address().port}`;
const ask = async (path, init) => {
  const response = await fetch(base + path, init);
  show(path, [response.status, response.headers.get("content-type"), response.headers.get("x-order"), response.headers.get("set-cookie"), await response.text()]);
};
await ask("/users/7/ann?x=1&x=2");
await ask("/echo", { method: "POST", headers: { "content-type": "application/json" }, body: "{\"a\":[1]}" });
await ask("/echo", { method: "POST", headers: { "content-type": "application/json" }, body: "{" });
await ask("/throw");
await ask("/redirect");
await ask("/cookie");
await ask("/nothing/here/at/all");
server.close();
server.closeAllConnections();
