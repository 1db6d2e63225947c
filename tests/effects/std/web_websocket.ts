import { atomic, sleep } from "corona";

const socket = new WebSocket("ws://localhost:8000/");
socket.onopen = () => {
  atomic(() => {
    socket.send("hello"); //~ safe: waits in a queue of its own
  });
};
atomic(() => {
  const other = new WebSocket(socket.url); //~ safe: connects later
  other.addEventListener("message", () => sleep(1)); //~ safe: the listener runs when a message comes
  other.addEventListener("close", () => {
    atomic(() => {
      sleep(1); //~ blocks: the listener has come to an atomic section of its own
    });
  });
  other.close(); //~ safe: begins to close
});
