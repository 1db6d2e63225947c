import { future, spawn } from "corona";
import { File, open, writeFile } from "corona:fs";
export function run(file: File) {
  future(() => writeFile("a", "b"));
  open.future("a");
  file.future.read();
  spawn(() => writeFile("a", "b"));
  const kept = writeFile.future("a", "b");
  return kept;
}
