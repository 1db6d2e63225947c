import * as fs from "corona:fs";

function attempt(fn) {
  try {
    console.log("no error:", fn());
  } catch (error) {
    const { name, message, code, errno, syscall, path, dest } = error;
    console.log(name, code, errno, syscall, path, dest, "|", message);
  }
}
attempt(() => fs.readFile("/no/such"));
attempt(() => fs.readFile("/"));
attempt(() => fs.open("/", "w"));
attempt(() => fs.stat("/no/such"));
attempt(() => fs.readDir("/etc/hostname"));
attempt(() => fs.mkdir("/"));
attempt(() => fs.rm("/no/such"));
attempt(() => fs.rm("/proc"));
attempt(() => fs.rename("/no/such", "/tmp/x"));
attempt(() => fs.copyFile("/no/such", "/tmp/x"));
attempt(() => fs.copyFile("/", "/tmp/x"));
attempt(() => fs.readlink("/"));
attempt(() => fs.access("/no/such"));
attempt(() => fs.writeFile("/dev/full", "x"));
attempt(() => fs.mkdtemp("/no/such/prefix-"));
attempt(() => fs.readFile("a\0b"));
attempt(() => fs.readFile(7));
attempt(() => fs.readFile(new Proxy({}, {})));
attempt(() => fs.readFile({ href: "http://x/", protocol: "http:" }));
attempt(() => fs.readFile("/etc/hostname", "latin1"));
attempt(() => fs.writeFile("/tmp/x", {}));
attempt(() => fs.open("/tmp/x", "rw"));
attempt(() => fs.open("/tmp/x", "r", -1));
attempt(() => fs.chmod("/tmp/x"));
attempt(() => fs.utimes("/tmp/x", NaN, 1));
attempt(() => new fs.File());
const file = fs.open("/etc/hostname");
attempt(() => file.read(0));
attempt(() => file.readInto("x"));
attempt(() => file.seek(0, "middle"));
attempt(() => file.write("x"));
file.close();
file.close();
attempt(() => file.read());
attempt(() => file.future.read().get());
attempt(() => fs.readFile.future("/no/such").get());
