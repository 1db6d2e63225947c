import { exit, onExit, stdout } from "corona:process";

onExit((code) => console.log("exit handler", code));
stdout.write("before\n");
try {
  exit(3);
} finally {
  console.log("never");
}
