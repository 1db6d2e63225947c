// The smallest service.
import { createServer } from "node:http";

createServer((_, response) => response.end("Hello, World!")).listen(8377, "127.0.0.1", () => console.log("listening"));
