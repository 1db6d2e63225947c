// The smallest service.
Bun.serve({ port: 8377, hostname: "127.0.0.1", idleTimeout: 255, fetch: () => new Response("Hello, World!") });
console.log("listening");
