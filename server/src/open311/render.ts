/** One value, two forms: JSON as it is, XML by the element names of the specification (its “Spark convention”). */

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** What an item of a list is called. */
const ITEM: Readonly<Record<string, string>> = {
  services: 'service',
  service_requests: 'request',
  attributes: 'attribute',
  values: 'value',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
};

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
// Characters XML 1.0 has no way to write.
const UNWRITABLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const escape = (text: string): string =>
  text.replace(UNWRITABLE, '').replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

function element(name: string, value: Value): string {
  if (value === null || value === '') {
    return `<${name}/>`;
  }
  if (Array.isArray(value)) {
    const item = ITEM[name] ?? 'item';
    return `<${name}>${value.map((one) => element(item, one as Value)).join('')}</${name}>`;
  }
  if (typeof value === 'object') {
    const parts = Object.entries(value as Record<string, Value>).map(([key, one]) => element(key, one));
    return `<${name}>${parts.join('')}</${name}>`;
  }
  return `<${name}>${escape(String(value))}</${name}>`;
}

/** The document whose root element is `root`. */
export function toXml(root: string, value: Value): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(root, value)}\n`;
}
