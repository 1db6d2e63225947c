import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";
import { show } from "./show.js";

const text = "<?xml version=\"1.0\"?><root a=\"1\" b='x &amp; y'><item id=\"1\">one</item><item id=\"2\"><![CDATA[<two>]]></item><ns:empty/><num>3.50</num><t> spaced </t><!-- no --></root>";
show("plain", new XMLParser().parse(text));
const options = { ignoreAttributes: false, attributeNamePrefix: "@", removeNSPrefix: true, cdataPropName: "#cdata", isArray: (name) => name === "num", parseTagValue: false, trimValues: false };
show("full", new XMLParser(options).parse(text));
show("ordered", new XMLParser({ preserveOrder: true, ignoreAttributes: false }).parse("<a x='1'>t<b/>u</a>"));
show("valid", [XMLValidator.validate(text), XMLValidator.validate("<a><b></a>")]);
show("built", new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", format: true }).build({ root: { "@a": "1 < 2", item: ["x", { "@id": 3, "#text": "y" }], empty: "" } }));
