//- /main.ts
import { atomic } from "corona";
import { io } from "./io.ts";

let size = 0;
atomic(() => {
  size = io.pathOf("a").length; //~ safe: joins strings
  size = io.read(import.meta.filename).length; //~ blocks: reads a file
});
console.log(size > 0);
//- /io.ts
import * as fs from "corona:fs";
export const io = {
  ...{ read: fs.readTextFile, write: fs.writeFile },
  pathOf: (name: string) => `./${name}`,
};
