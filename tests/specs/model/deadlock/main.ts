// Everybody waits for somebody: the report shows where, and who spawned them.
import { Channel, spawn } from "corona";

const left = new Channel<number>();
const right = new Channel<number>();

function forward(from: Channel<number>, to: Channel<number>) {
  to.send(from.receive());
}

spawn(forward, left, right);
const other = spawn(forward, right, left);
console.log("waiting");
other.get();
