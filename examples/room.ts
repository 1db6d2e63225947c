// A chat in the browser, over WebSockets: everybody in the room reads what the others write.
//
//     corona run --watch examples/room.ts [port]
//
// Open http://localhost:7002 in two windows. Then change this file: the connections are closed with code 1012, the page
// comes back by itself, and the new program goes on where it is told to.

import { serve } from "corona:http";
import { args } from "corona:process";
import { accept, type Socket } from "corona:websocket";

const TEXT_BYTES_MAX = 1_000;
/** "Policy violation", and "try again later". */
const TOO_MUCH = 1008;
const TOO_SLOW = 1013;

const room = new Set<Socket>();

const server = serve({ port: Number(args[0] ?? 7002) }, (request) => {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/talk") return talk(request, searchParams.get("name") ?? "somebody");
  return new Response(PAGE, { headers: { "content-type": "text/html; charset=utf-8" } });
});
console.log(`The room is open: ${server.url}`);

/** Runs as long as the member stays. A page of another site is refused by `accept`. */
function talk(request: Request, name: string) {
  const socket = accept(request, { limits: { messageBytes: 4 * TEXT_BYTES_MAX } });
  room.add(socket);
  tell(`* ${name} came (${room.size} here)`);
  try {
    for (const message of socket) {
      if (typeof message !== "string" || message.length > TEXT_BYTES_MAX) return socket.close(TOO_MUCH, "short texts only");
      tell(`${name}: ${message}`);
    }
  } finally {
    room.delete(socket);
    tell(`* ${name} left`);
  }
}

/** To everybody. Waits for nobody: whoever does not keep up is put out, and whoever has gone was out anyway. */
function tell(line: string) {
  for (const member of room) {
    if (!member.trySend(line)) member.close(TOO_SLOW, "you read too slowly");
  }
}

const PAGE = `<!doctype html>
<title>Room</title>
<form><input name="text" autofocus autocomplete="off" placeholder="Say something"></form>
<pre></pre>
<script>
  const name = prompt("Your name?");
  const [form, lines] = [document.querySelector("form"), document.querySelector("pre")];
  let socket;
  function open() {
    socket = new WebSocket("/talk?name=" + encodeURIComponent(name));
    socket.onmessage = ({ data }) => lines.append(data + "\\n");
    socket.onclose = ({ code, reason }) => {
      if (reason) lines.append(reason + "\\n");
      else setTimeout(open, 500 * Math.random()); // 1012: a new program; or the network
    };
  }
  form.onsubmit = (event) => {
    event.preventDefault();
    socket.send(form.text.value);
    form.reset();
  };
  open();
</script>
`;
