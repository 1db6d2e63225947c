import { fail } from "./fail.ts";

type Unused = string;
fail("x" as string);
