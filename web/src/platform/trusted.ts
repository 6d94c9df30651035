/**
 * The page's one Trusted Types policy: a script address must be of this origin. Needed for the
 * Workers and the service worker; nothing here ever makes HTML or code from text.
 */
interface Policy {
  createScriptURL(url: string): string;
}

interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

const rules: Policy = {
  createScriptURL(url) {
    if (new URL(url, location.href).origin !== location.origin) {
      throw new TypeError("A script of another origin was refused.");
    }
    return url;
  },
};

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy("app", rules) ?? rules;

export function startWorker(url: string, name: string): Worker {
  return new Worker(policy.createScriptURL(url), { type: "module", name });
}

export function registerServiceWorker(url: string): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register(policy.createScriptURL(url), { scope: "/" });
}
