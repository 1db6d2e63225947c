import { z } from "zod";
import { show } from "./show.js";

const user = z.object({
  name: z.string().min(2),
  age: z.coerce.number().int().positive().optional(),
  tags: z.array(z.enum(["a", "b"])).default([]),
  contact: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("mail"), address: z.email() }),
    z.object({ kind: z.literal("phone"), number: z.string().regex(/^\d+$/) }),
  ]),
});
show("good", user.parse({ name: "Ann", age: "42", contact: { kind: "mail", address: "a@b.org" } }));
const bad = user.safeParse({ name: "A", tags: ["c"], contact: { kind: "phone", number: "x" } });
show("bad", bad.error.issues.map((issue) => [issue.code, issue.path.join("."), issue.message]));
show("transform", z.string().transform((s) => s.length).pipe(z.number().min(3)).safeParse("ab").success);
show("record", z.record(z.string(), z.number()).parse({ a: 1 }));
show("refine", z.string().refine((s) => s.startsWith("x"), "needs x").safeParse("y").error.issues[0].message);
show("async", await z.string().refine(async (s) => s === "ok").parseAsync("ok"));
const tree = z.object({ value: z.number(), get children() { return z.array(tree); } });
show("lazy", tree.parse({ value: 1, children: [{ value: 2, children: [] }] }));
show("json schema", z.toJSONSchema(z.object({ a: z.string(), b: z.number().optional() })));
show("pretty", z.prettifyError(bad.error));
