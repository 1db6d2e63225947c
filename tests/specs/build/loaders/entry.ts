import data, { version } from "./data.json";
import text from "./note.txt";
import bytes from "./raw.bin";
import page from "./page.html";
console.log(data.list, version, JSON.stringify(text), bytes instanceof Uint8Array, [...bytes]);
console.log(typeof page, page.length);
