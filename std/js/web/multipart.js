// Forms as bodies: multipart/form-data and application/x-www-form-urlencoded, in and out.

import { ops } from "internal:core";
import { blobBytes, isFile, makeBlob } from "internal:web/blob";
import { FormData, formFields } from "internal:web/form_data";
import { withCode } from "internal:web/idl";
import { URLSearchParams } from "internal:web/url_search_params";

const escapeName = (name) =>
  name.replace(/\r\n?|\n/g, "\r\n").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/"/g, "%22");
const escapeFile = (name) => name.replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/"/g, "%22");

let count = 0;

/** A form as multipart bytes, and the content type that says how to read them. */
export function writeForm(form) {
  const random = `${Math.random().toString(36).slice(2)}${(count++).toString(36)}`;
  const boundary = `----CoronaFormBoundary${random.padEnd(16, "0")}`;
  const parts = [];
  const fields = formFields(form);
  for (let i = 0; i < fields.length; i += 2) {
    const value = fields[i + 1];
    let head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(fields[i])}"`;
    if (isFile(value)) {
      head += `; filename="${escapeFile(value.name)}"\r\n`;
      head += `Content-Type: ${value.type || "application/octet-stream"}\r\n\r\n`;
      parts.push(ops.web_encode(head), blobBytes(value), ops.web_encode("\r\n"));
    } else {
      parts.push(ops.web_encode(`${head}\r\n\r\n${value.replace(/\r\n?|\n/g, "\r\n")}\r\n`));
    }
  }
  parts.push(ops.web_encode(`--${boundary}--\r\n`));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return { bytes, type: `multipart/form-data; boundary=${boundary}` };
}

const fail = (what) => withCode(new TypeError(`formData(): ${what}`));
const decode = (bytes) => ops.web_decode_utf8(bytes, false, false);

/** The form in `bytes`, whose content type is `type`. */
export function parseForm(bytes, type) {
  const [essence] = type.split(";", 1);
  const kind = essence.trim().toLowerCase();
  if (kind === "application/x-www-form-urlencoded") {
    const form = new FormData();
    for (const [name, value] of new URLSearchParams(decode(bytes))) form.append(name, value);
    return form;
  }
  if (kind !== "multipart/form-data") throw fail(`the content type is ${type === "" ? "missing" : `"${type}"`}, not a form's`);
  const match = /;\s*boundary=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(type);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined || boundary === "") throw fail("the content type names no boundary");
  return parseMultipart(bytes, ops.web_encode(`--${boundary}`));
}

/** The index of `needle` in `bytes` from `from`, or -1. */
function find(bytes, needle, from) {
  const last = bytes.length - needle.length;
  for (let i = bytes.indexOf(needle[0], from); i !== -1 && i <= last; i = bytes.indexOf(needle[0], i + 1)) {
    let j = 1;
    while (j < needle.length && bytes[i + j] === needle[j]) j++;
    if (j === needle.length) return i;
  }
  return -1;
}

const CRLF = new Uint8Array([13, 10]);
const startsWith = (bytes, needle, at) => needle.every((byte, i) => bytes[at + i] === byte);

function parseMultipart(bytes, dashes) {
  const form = new FormData();
  let at = startsWith(bytes, dashes, 0) ? 0 : find(bytes, dashes, 0);
  if (at === -1) throw fail("the body has no part");
  const delimiter = new Uint8Array([13, 10, ...dashes]);
  for (;;) {
    at += dashes.length;
    if (bytes[at] === 45 && bytes[at + 1] === 45) return form;
    while (bytes[at] === 32 || bytes[at] === 9) at++;
    if (!startsWith(bytes, CRLF, at)) throw fail("a boundary is not followed by a line break");
    at += 2;
    const part = { name: undefined, filename: undefined, type: undefined };
    at = readPartHead(bytes, at, part);
    const end = find(bytes, delimiter, at);
    if (end === -1) throw fail("the last part has no end");
    const content = bytes.subarray(at, end);
    if (part.filename === undefined) form.append(part.name, decode(content));
    else form.append(part.name, makeBlob(content.slice(), part.type ?? "text/plain", part.filename));
    at = end + 2;
  }
}

/** Reads a part's headers into `part`; the index where its content begins. */
function readPartHead(bytes, at, part) {
  for (;;) {
    const end = find(bytes, CRLF, at);
    if (end === -1) throw fail("a part has no end of its head");
    if (end === at) break;
    const line = decode(bytes.subarray(at, end));
    const colon = line.indexOf(":");
    if (colon === -1) throw fail("a part has a header without a colon");
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "content-disposition") readDisposition(value, part);
    else if (name === "content-type") part.type = value;
    at = end + 2;
  }
  if (part.name === undefined) throw fail("a part has no name");
  return at + 2;
}

const unescape = (text) => text.replace(/%0A/gi, "\n").replace(/%0D/gi, "\r").replace(/%22/g, '"');

function readDisposition(value, part) {
  if (!/^form-data\s*(;|$)/i.test(value)) throw fail("a part is not form-data");
  const parameter = (name) => {
    const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, "i").exec(value);
    return match === null ? undefined : unescape(match[1] ?? match[2]);
  };
  part.name = parameter("name");
  part.filename = parameter("filename");
}
