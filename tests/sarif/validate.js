// Validates SARIF against the schema of its committee: `node validate.js FILE…`, where the packages beside it are.
const Ajv = require("ajv");
const fs = require("node:fs");
const path = require("node:path");

const package = path.dirname(require.resolve("@microsoft/jest-sarif/package.json"));
const schema = JSON.parse(fs.readFileSync(path.join(package, "lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));
const ajv = new Ajv({ schemaId: "auto", allErrors: true });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const validate = ajv.compile(schema);

let failed = false;
for (const file of process.argv.slice(2)) {
  if (validate(JSON.parse(fs.readFileSync(file, "utf8")))) continue;
  failed = true;
  for (const error of validate.errors) console.error(`${file}: ${error.dataPath} ${error.message}`);
}
process.exitCode = failed ? 1 : 0;
