import { compressSync, Deflate, deflateSync, gunzipSync, gzipSync, Inflate, inflateSync, strFromU8, strToU8, unzipSync, zipSync, zlibSync, unzlibSync } from "fflate";
import { show } from "./show.js";

const text = "the quick brown fox jumps over the lazy dog. ".repeat(60);
const packed = deflateSync(strToU8(text), { level: 9, mem: 8 });
show("deflate", [packed.length, strFromU8(inflateSync(packed)) === text]);
show("gzip", strFromU8(gunzipSync(gzipSync(strToU8("gz"), { mtime: 0 }))));
show("zlib", unzlibSync(zlibSync(strToU8(text))).length);
const archive = zipSync({ "a.txt": strToU8("aaa"), dir: { "b.bin": [new Uint8Array([1, 2]), { level: 0 }] } }, { mtime: "2020-01-01T00:00:00" });
show("zip", Object.entries(unzipSync(archive)).map(([name, bytes]) => [name, [...bytes]]));
const chunks = [];
const inflate = new Inflate((chunk, last) => chunks.push([chunk.length, last]));
const deflate = new Deflate({ level: 6 }, (chunk, last) => inflate.push(chunk, last));
deflate.push(strToU8(text.slice(0, 1000)));
deflate.push(strToU8(text.slice(1000)), true);
show("stream", [chunks.reduce((sum, [length]) => sum + length, 0), chunks.at(-1)[1]]);
show("compress", compressSync(strToU8(text)).length > 0);
