import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import { show } from "./show.js";

const ajv = new Ajv.default({ allErrors: true, useDefaults: true, coerceTypes: true });
ajv.addFormat("even", { type: "number", validate: (x) => x % 2 === 0 });
ajv.addKeyword({ keyword: "range", type: "number", compile: ([low, high]) => (x) => x >= low && x <= high });
const validate = ajv.compile({
  type: "object",
  required: ["id", "tags"],
  additionalProperties: false,
  properties: { id: { type: "integer", format: "even", range: [0, 10] }, tags: { type: "array", items: { enum: ["a", "b"] }, uniqueItems: true }, level: { type: "number", default: 3 }, next: { $ref: "#" } },
});
const value = { id: "4", tags: ["a"], next: { id: 2, tags: [] } };
show("good", [validate(value), value]);
show("bad", [validate({ id: 31, tags: ["a", "a", "z"], extra: 1 }), validate.errors.map((e) => [e.instancePath, e.keyword, e.message])]);
const modern = new Ajv2020.default();
show("prefix", modern.validate({ type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false }, ["x", 1, 2]));
show("text", modern.errorsText());
show("union", ajv.validate({ oneOf: [{ type: "string", maxLength: 3 }, { type: "string", pattern: "^x" }] }, "xyz"));
