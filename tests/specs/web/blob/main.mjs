// Blob, File and FormData.
const blob = new Blob(["héllo", new Uint8Array([33]), new Blob([" x"]), new Uint8Array([65, 66]).buffer], { type: "Text/Plain" });
console.log(blob, await blob.text(), await blob.slice(-2).text(), blob.slice(1, 3, "a/b").type, blob.slice(5, 2).size);
console.log(await blob.bytes(), (await blob.arrayBuffer()).byteLength, [...blob.stream()].map((chunk) => chunk.length));
console.log([...new Blob([new Uint8Array(150_000)]).stream()].map((chunk) => chunk.length), await new Blob(["a\r\nb\r"], { endings: "native" }).text());
const file = new File([blob], "a.txt", { lastModified: 5, type: "x/y" });
console.log(file, file instanceof Blob, structuredClone(file), blob.text().get());
const form = new FormData();
form.append("a", 1);
form.append("a", "two");
form.append("file", blob, "n.bin");
form.append("b", file);
form.set("a", "only");
console.log([...form].map(([name, value]) => [name, value.name ?? value]), form.has("b"), form.get("none"), form.getAll("a"));
form.delete("b");
console.log([...form.keys()], form.get("file").type, form.get("file").name);
for (const attempt of [() => new Blob("text"), () => new File([]), () => new Blob([], { endings: "x" }), () => form.append("x"),
  () => form.append("x", "y", "z"), () => new FormData({}), () => Blob.prototype.size]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name, error.message);
  }
}
