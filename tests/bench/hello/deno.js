// The smallest service.
Deno.serve({ port: 8377, hostname: "127.0.0.1", onListen: () => console.log("listening") }, () => new Response("Hello, World!"));
