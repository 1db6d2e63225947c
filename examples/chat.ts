// A chat server over plain TCP: everybody in a room reads what the others write.
//
//     corona run examples/chat.ts [port]
//     nc localhost 7000                              your name, then whatever you like; /who, /quit
//
// A connection is one scope with two coroutines: one reads lines, one writes what comes out of the member's channel.
// A member who does not read fast enough fills that channel, and is put out instead of holding up the others.

import { Channel, scope } from "corona";
import { listen, type Socket } from "corona:net";
import { args } from "corona:process";

const NAME_BYTES_MAX = 32;
const LINE_BYTES_MAX = 1_000;
const OUTBOX_LINES_MAX = 100;

interface Member {
  name: string;
  socket: Socket;
  outbox: Channel<string>;
}

const room = new Map<string, Member>();

const listener = listen({ port: Number(args[0] ?? 7000) }, welcome);
console.log(`Chat on port ${listener.port}`);

function welcome(socket: Socket) {
  socket.write("Your name? ");
  const name = socket.readLine({ maxBytes: NAME_BYTES_MAX })?.trim();
  if (!name) return;
  const member: Member = { name, socket, outbox: new Channel(OUTBOX_LINES_MAX) };
  // Nobody runs between the look and the entry, so no two can get the same name. The block makes sure that it stays so.
  let taken = false;
  atomic: {
    taken = room.has(name);
    if (!taken) room.set(name, member);
  }
  if (taken) return socket.write(`${name} is taken.\n`);

  try {
    say(`* ${name} joined (${room.size} here)`);
    converse(socket, member);
  } finally {
    room.delete(name);
    say(`* ${name} left`);
  }
}

/** Runs until the member leaves, or the connection is closed by either side. */
function converse(socket: Socket, member: Member) {
  scope((s) => {
    s.spawn(() => {
      for (const line of member.outbox) socket.write(`${line}\n`);
    });
    for (const line of socket.lines({ maxBytes: LINE_BYTES_MAX })) {
      if (line === "/quit") break;
      if (line === "/who") member.outbox.send([...room.keys()].join(", "));
      else if (line.trim() !== "") say(`${member.name}: ${line}`, member);
    }
    s.cancel();
  });
}

/** To everybody but `from`. Does not wait for anybody. */
function say(line: string, from?: Member) {
  for (const member of room.values()) {
    if (member !== from && !member.outbox.trySend(line)) member.socket.close();
  }
}
