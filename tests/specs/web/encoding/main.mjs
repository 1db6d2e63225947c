// Text and bytes, base64.
const encoder = new TextEncoder();
console.log(encoder.encode("aé😀\ud800"), encoder.encode(), encoder.encoding);
const room = new Uint8Array(4);
console.log(encoder.encodeInto("aé😀", room), room);
const decoder = new TextDecoder();
const bytes = encoder.encode("€😀");
console.log([...bytes].map((byte) => decoder.decode(new Uint8Array([byte]), { stream: true })).join("|") + decoder.decode());
console.log(JSON.stringify(decoder.decode(new Uint8Array([0xef, 0xbb, 0xbf, 65]))));
console.log(JSON.stringify(new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf, 65]))));
console.log(decoder.decode(new Uint8Array([65, 0xff, 66])), decoder.decode(bytes.buffer), decoder.decode(new DataView(bytes.buffer, 3)));
for (const [label, list] of [["latin1", [0x80, 0xe9]], ["UTF-16", [0x3d, 0xd8, 0x00, 0xde]], ["shift_jis", [0x93, 0xfa]], ["gbk", [0xc4, 0xe3]]]) {
  const other = new TextDecoder(label);
  console.log(other.encoding, other.decode(new Uint8Array(list)));
}
for (const attempt of [
  () => new TextDecoder("klingon"),
  () => new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array([0xff])),
  () => new TextDecoder("utf-16le", { fatal: true }).decode(new Uint8Array([0xff])),
  () => decoder.decode("text"),
  () => encoder.encodeInto("x", new Uint16Array(1)),
  () => encoder.encodeInto("x"),
  () => btoa("€"),
  () => atob("a"),
  () => btoa(),
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(btoa("hello"), atob(" aGVs bG8="), atob("/w").charCodeAt(0));
