// A server on a Unix-domain socket, and fetch to it.
import { serve } from "corona:http";

const path = `${process.env.TMPDIR}/http.sock`;
const server = serve({ path }, (request) => new Response(request.url));
console.log(server.address.path === path, server.port, server.url.startsWith("http+unix://"));
console.log(fetch("http://any.example/x?y", { unix: path }).get().text().get());
console.log(fetch("http://any.example/z", { unix: path, method: "POST", body: "b" }).get().text().get());
try {
  serve({ path }, () => {});
} catch (error) {
  console.log(error.code);
}
server.close();
