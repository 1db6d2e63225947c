// Each request asks the backend three times, one after the other.
import { createServer } from "node:http";

const ask = async () => (await fetch("http://127.0.0.1:8378/")).text();

createServer(async (_, response) => {
  const a = await ask();
  const b = await ask();
  const c = await ask();
  response.end(a + b + c);
}).listen(8377, "127.0.0.1", () => console.log("listening"));
