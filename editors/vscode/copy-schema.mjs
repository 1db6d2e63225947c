// The schema of corona.json and the licence have one home each; the package takes copies along.
import { copyFileSync } from "node:fs";

copyFileSync(new URL("../../std/schema/corona.json", import.meta.url), new URL("dist/corona.schema.json", import.meta.url));
copyFileSync(new URL("../../LICENSE", import.meta.url), new URL("LICENSE", import.meta.url));
