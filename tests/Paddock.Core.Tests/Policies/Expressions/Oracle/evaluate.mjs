// One JSON line in: {"text": an expression, "facts": {...}}; one word out: true, false or error. Integers come as {"int": "7"}.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const require = createRequire(join(process.argv[2], "package.json"));
const { run } = await import(pathToFileURL(require.resolve("@bufbuild/cel")).href);

const revive = (value) =>
  Array.isArray(value) ? value.map(revive)
    : value !== null && typeof value === "object"
      ? "int" in value ? BigInt(value.int) : "double" in value ? Number(value.double) : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revive(inner)]))
      : value;

for await (const line of createInterface({ input: process.stdin })) {
  const { text, facts } = JSON.parse(line);
  let word = "error";
  try {
    const value = run(text, revive(facts));
    word = value === true ? "true" : value === false ? "false" : "error";
  } catch {
    // an error is an answer
  }
  process.stdout.write(word + "\n");
}
