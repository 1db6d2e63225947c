// Forms as bodies, both ways.
import { serve } from "corona:http";

const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  const form = request.formData().get();
  const fields = [...form].map(([name, value]) =>
    typeof value === "string" ? [name, value] : [name, value.name, value.type, value.size, value.text().get()]);
  return Response.json({ type: request.headers.get("content-type").split(";")[0], fields });
});

const form = new FormData();
form.append("plain", "välue");
form.append("plain", "line\nbreak");
form.append('quo"te', "x");
form.append("file", new File(["content\r\n--"], 'na"me.txt', { type: "text/x-test" }));
form.append("blob", new Blob([new Uint8Array([1, 2, 3])]));
console.log(JSON.stringify(fetch(server.url, { method: "POST", body: form }).get().json().get()));
console.log(JSON.stringify(
  fetch(server.url, { method: "POST", body: new URLSearchParams([["a", "1 2"], ["ü", "&="]]) }).get().json().get(),
));

const multipart = (text, boundary = "B") =>
  new Response(text.replaceAll("\n", "\r\n"), { headers: { "content-type": `multipart/form-data; boundary=${boundary}` } });
const part = 'Content-Disposition: form-data; name="a"';
for (const [text, boundary] of [
  [`--B\n${part}\n\nvalue\n--B--\n`],
  [`preamble\n--B\n${part}; filename="f"\ncontent-type: a/b\n\n\n--B--`],
  [`--B--\n`],
  [""],
  ["--B"],
  [`--B\n${part}\n\nvalue`],
  [`--B\nno colon\n\nvalue\n--B--`],
  [`--B\nContent-Type: x/y\n\nvalue\n--B--`],
  [`--B\nContent-Disposition: attachment; name="a"\n\nvalue\n--B--`],
  [`--x y\n${part}\n\nvalue\n--x y--`, '"x y"'],
]) {
  try {
    const entries = [...multipart(text, boundary).formData().get()];
    console.log(entries.map(([name, value]) => [name, typeof value === "string" ? value : value.name]));
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
for (const type of ["text/plain", "multipart/form-data", ""]) {
  try {
    new Response("a=b", { headers: { "content-type": type } }).formData().get();
  } catch (error) {
    console.log(error.name, error.message);
  }
}
server.close();
