import { createHash } from 'node:crypto';
import { installDingTalk } from './container-dingtalk.ts';
import { buildContainerKit, type ContainerSetup } from './container-kit.ts';
import { installZhezhengding } from './container-zhezhengding.ts';

export interface ContainerScript {
  /** The whole `<script>` element. */
  html: string;
  /** `'sha256-…'`, as a Content-Security-Policy source. */
  source: string;
}

/**
 * The inline script that plays the messenger's container for an unmodified `dingtalk-jsapi` or `gdt-jsapi`. It has to be a classic script ahead
 * of everything else in the document, because those packages look at the user agent and `window.name` when they are loaded.
 */
export function containerScript(setup: ContainerSetup): ContainerScript {
  // `<` could end the element early wherever it stands; inside JSON text and string literals it may be written as an escape.
  const settings = JSON.stringify(setup).replaceAll('<', '\\u003c');
  const install = setup.mode.startsWith('gdt-') ? installZhezhengding : installDingTalk;
  const code = `(function(){var setup=${settings};(${install.toString()})((${buildContainerKit.toString()})(setup),setup);})();`;
  if (/<\/script|<!--/i.test(code)) {
    throw new Error('container script would end its own element');
  }
  const digest = createHash('sha256').update(code).digest('base64');
  return { html: `<script>${code}</script>`, source: `'sha256-${digest}'` };
}

/** Puts the script first in the document's head; a document without one gets it at the very beginning of its markup. */
export function insertFirst(document: string, script: string): string {
  const head =
    /<head(\s[^>]*)?>/i.exec(document) ??
    /<html(\s[^>]*)?>/i.exec(document) ??
    /<!doctype[^>]*>/i.exec(document);
  const at = head === null ? 0 : head.index + head[0].length;
  return document.slice(0, at) + script + document.slice(at);
}

/**
 * A policy that lets the container in: its hash among the script sources, the desk among the ancestors, and no upgrade to
 * https, which these hosts do not speak. Nothing else is loosened.
 */
export function adaptPolicy(policy: string, scriptSource: string, deskOrigin: string): string {
  const directives = policy
    .split(';')
    .map((directive) => directive.trim())
    .filter((directive) => directive !== '')
    .map((directive) => {
      const [name = '', ...sources] = directive.split(/\s+/);
      return { name: name.toLowerCase(), sources };
    })
    .filter(({ name }) => name !== 'upgrade-insecure-requests' && name !== 'block-all-mixed-content');
  const find = (name: string) => directives.find((directive) => directive.name === name);
  for (const name of ['script-src', 'script-src-elem']) {
    const scripts = find(name);
    if (scripts !== undefined) {
      scripts.sources = allow(scripts.sources, scriptSource);
    }
  }
  const fallback = find('default-src');
  if (find('script-src') === undefined && find('script-src-elem') === undefined && fallback !== undefined) {
    directives.push({ name: 'script-src', sources: allow(fallback.sources, scriptSource) });
  }
  const ancestors = find('frame-ancestors');
  if (ancestors !== undefined) {
    ancestors.sources = allow(ancestors.sources, deskOrigin);
  }
  return directives.map(({ name, sources }) => [name, ...sources].join(' ')).join('; ');
}

/** Adds a source. `'unsafe-inline'` already lets inline scripts in, and a hash beside it would switch it off. */
function allow(sources: string[], source: string): string[] {
  const kept = sources.filter((one) => one !== "'none'");
  const open = source.startsWith("'sha256-") && kept.includes("'unsafe-inline'");
  return open || kept.includes(source) ? kept : [...kept, source];
}
