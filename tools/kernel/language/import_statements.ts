import type { Node } from "../cell/typescript.ts";

/** One statement for each name that an import binds, so that each can be dropped if it is there already. */
export function importStatements(node: Node | undefined, source: string, base: string) {
  if (!node) return [];
  const from = node.source as Node;
  const rest = `from ${JSON.stringify(resolve(from.value as string, base))}${
    source.slice(from.end, node.end)
  }`;
  const specifiers = node.specifiers as Node[];
  if (specifiers.length === 0) return [{ local: undefined, statement: () => rest.replace("from", "import") }];
  return specifiers.map((specifier) => {
    const local = (specifier.local as Node).name as string;
    const isType = node.importKind === "type" || specifier.importKind === "type";
    const word = isType ? "import type" : "import";
    const imported = specifier.imported as Node | undefined;
    const statement = (name: string) => {
      if (specifier.type === "ImportDefaultSpecifier") return `${word} ${name} ${rest}`;
      if (specifier.type === "ImportNamespaceSpecifier") return `${word} * as ${name} ${rest}`;
      return `${word} { ${source.slice(imported!.start, imported!.end)} as ${name} } ${rest}`;
    };
    return { local, statement };
  });
}

/** A relative specifier as a URL; others as they are. */
export function resolve(specifier: string, base: string): string {
  return /^\.{0,2}\//.test(specifier) ? new URL(specifier, base).href : specifier;
}
