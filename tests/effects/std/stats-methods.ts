import { atomic } from "corona";
import { stat } from "corona:fs";

const info = stat(import.meta.filename);
let kind = "";
atomic(() => {
  if (info.isFile()) kind = "file"; //~ safe: looks at what stat has found
  if (info.isDirectory()) kind = "folder"; //~ safe: looks at what stat has found
});
console.log(kind);
