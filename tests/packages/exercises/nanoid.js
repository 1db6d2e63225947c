import { customAlphabet, customRandom, nanoid, urlAlphabet } from "nanoid";
import { nanoid as insecure } from "nanoid/non-secure";
import { show } from "./show.js";

show("length", [nanoid().length, nanoid(5).length, insecure(7).length, urlAlphabet.length]);
let seed = 1;
const next = () => (seed = (seed * 16807) % 2147483647);
show("seeded", customRandom("abcdef", 12, (size) => Uint8Array.from({ length: size }, () => next() & 255))());
show("alphabet", /^[xyz]{20}$/.test(customAlphabet("xyz", 20)()));
show("unique", new Set(Array.from({ length: 1000 }, () => nanoid())).size);
