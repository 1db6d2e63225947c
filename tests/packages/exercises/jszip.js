import JSZip from "jszip";
import { show } from "./show.js";

const zip = new JSZip();
const date = new Date(Date.UTC(2020, 0, 1));
zip.file("hello.txt", "Hello World\n".repeat(50), { date });
zip.folder("sub", { date }).file("data.bin", new Uint8Array([1, 2, 3, 250]), { date, binary: true });
zip.file("base64.txt", "aGk=", { base64: true, date });
const bytes = await zip.generateAsync({ type: "uint8array", compression: "DEFLATE", compressionOptions: { level: 9 }, comment: "c" });
show("size", [bytes.length < 700, bytes[0], bytes[1]]);
const again = await JSZip.loadAsync(bytes);
show("names", Object.keys(again.files).sort());
show("text", (await again.file("hello.txt").async("string")).length);
show("bytes", [...(await again.file("sub/data.bin").async("uint8array"))]);
show("decoded", await again.file("base64.txt").async("text"));
show("filter", again.filter((path, entry) => !entry.dir && path.startsWith("sub")).map((entry) => entry.name));
show("removed", Object.keys(again.remove("sub").files));
try { await JSZip.loadAsync("not a zip"); } catch (error) { show("error", error.message.slice(0, 60)); }
