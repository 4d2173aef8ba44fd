/** As much of JSON Schema as our schemas use; an unknown keyword is an error, so that no rule is passed over silently. */
type Schema = Readonly<Record<string, unknown>>;

const ANNOTATIONS = new Set(["$schema", "$id", "$defs", "title", "description"]);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return "array";
  if (value === null) return "null";
  return Number.isInteger(value) ? "integer" : typeof value;
};

/** The places where a value differs from a schema, as "path: what". */
export const violations = (value: unknown, schema: Schema, root: Schema = schema, path = "$"): readonly string[] => {
  const found: string[] = [];
  const fail = (what: string): void => void found.push(`${path}: ${what}`);
  for (const [keyword, rule] of Object.entries(schema)) {
    if (ANNOTATIONS.has(keyword)) continue;
    switch (keyword) {
      case "$ref": {
        const name = String(rule).replace("#/$defs/", "");
        found.push(...violations(value, (root.$defs as Record<string, Schema>)[name] as Schema, root, path));
        break;
      }
      case "type":
        if (typeOf(value) !== rule && !(rule === "number" && typeof value === "number"))
          fail(`is ${typeOf(value)}, not ${String(rule)}`);
        break;
      case "const":
        if (value !== rule) fail(`is not ${String(rule)}`);
        break;
      case "enum":
        if (!(rule as readonly unknown[]).includes(value)) fail(`${String(value)} is none of the allowed values`);
        break;
      case "minLength":
        if (typeof value === "string" && value.length < Number(rule)) fail("is too short");
        break;
      case "pattern":
        if (typeof value === "string" && !new RegExp(String(rule), "u").test(value))
          fail(`does not look like ${String(rule)}`);
        break;
      case "minimum":
        if (typeof value === "number" && value < Number(rule)) fail(`is less than ${String(rule)}`);
        break;
      case "minItems":
        if (Array.isArray(value) && value.length < Number(rule)) fail("has too few items");
        break;
      case "maxItems":
        if (Array.isArray(value) && value.length > Number(rule)) fail("has too many items");
        break;
      case "items":
        if (Array.isArray(value))
          found.push(...value.flatMap((item, i) => violations(item, rule as Schema, root, `${path}[${i}]`)));
        break;
      case "required":
        if (isObject(value))
          for (const name of rule as readonly string[]) if (!Object.hasOwn(value, name)) fail(`has no ${name}`);
        break;
      case "properties":
        if (isObject(value)) {
          for (const [name, inner] of Object.entries(rule as Record<string, Schema>)) {
            if (Object.hasOwn(value, name)) found.push(...violations(value[name], inner, root, `${path}.${name}`));
          }
        }
        break;
      case "additionalProperties":
        if (isObject(value)) {
          const known = isObject(schema.properties) ? schema.properties : {};
          for (const name of Object.keys(value).filter(key => !Object.hasOwn(known, key))) {
            if (rule === false) fail(`has the unknown property ${name}`);
            else if (isObject(rule)) found.push(...violations(value[name], rule, root, `${path}.${name}`));
          }
        }
        break;
      default:
        throw new Error(`the schema uses the keyword ${keyword}, which is not checked`);
    }
  }
  return found;
};
