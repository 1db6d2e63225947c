//- /main.cjs
const { atomic } = require("corona");
const Client = require("./client.cjs");

const client = new Client("a");
atomic(() => {
  client.describe(); //~ safe: formats
  client.send("x"); //~ blocks: the method sleeps
});
//- /client.cjs
const { sleep } = require("corona");
class Client {
  constructor(host) { this.host = host; }
  describe() { return `client of ${this.host}`; }
  send(text) { sleep(0); return text; }
}
module.exports = Client;
