// The scripts of the page export nothing, as they are joined to one module; so they are read.

import { readFileSync } from "node:fs";

const ROOT = new URL("../../", import.meta.url);

// What a script declares under these names. The path is seen from the project's folder.
export function load(path, ...names) {
  const script = readFileSync(new URL(path, ROOT), "utf8");
  return new Function(`${script}\nreturn { ${names.join(", ")} };`)();
}
