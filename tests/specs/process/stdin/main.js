import { stdin } from "corona:process";

console.log(stdin.isTTY, stdin.fd);
console.log(stdin.readLine());
console.log(stdin.read(3));
console.log([...stdin.lines()]);
console.log(stdin.read(), stdin.readLine(), JSON.stringify(stdin.text()));
stdin.close();
try {
  stdin.read();
} catch (error) {
  console.log(error.code, error.message);
}
try {
  stdin.setRawMode(true);
} catch (error) {
  console.log(error.code, error.message);
}
