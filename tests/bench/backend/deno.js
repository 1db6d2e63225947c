// Each request asks the backend three times, one after the other.
const ask = async () => (await fetch("http://127.0.0.1:8378/")).text();

Deno.serve({ port: 8377, hostname: "127.0.0.1", onListen: () => console.log("listening") }, async () => {
  const a = await ask();
  const b = await ask();
  const c = await ask();
  return new Response(a + b + c);
});
