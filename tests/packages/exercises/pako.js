import * as pako from "pako";
import { show } from "./show.js";

const text = "to be or not to be, that is the question. ".repeat(40);
const input = new TextEncoder().encode(text);
const packed = pako.deflate(input, { level: 9 });
show("deflate", [packed.length, [...packed.slice(0, 12)]]);
show("inflate", new TextDecoder().decode(pako.inflate(packed)) === text);
const zipped = pako.gzip(input);
show("gzip", [zipped[0], zipped[1], pako.ungzip(zipped).length]);
show("raw", pako.inflateRaw(pako.deflateRaw(input, { strategy: 2 })).length);
const stream = new pako.Inflate();
for (let at = 0; at < packed.length; at += 10) stream.push(packed.subarray(at, at + 10), at + 10 >= packed.length);
show("stream", [stream.err, stream.result.length]);
try { pako.inflate(new Uint8Array([1, 2, 3])); } catch (error) { show("error", String(error.message ?? error)); }
