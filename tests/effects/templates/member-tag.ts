import { atomic, yieldNow } from "corona";

const db = {
  sql(parts: TemplateStringsArray) { yieldNow(); return parts.length; },
  quote(parts: TemplateStringsArray) { return parts.raw[0]; },
};

atomic: {
  db.quote`a`; //~ safe: looks at the text
  db.sql`select 1`; //~ blocks: the tag yields
}
