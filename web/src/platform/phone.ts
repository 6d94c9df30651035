import engineUrl from "../engine/worker?worker&url";
import type { EnginePort } from "../engine/link";
import type { Asker, Phone } from "../model/phone/ports";
import type { AccountAsk } from "../model/session";
import { claimOnlyTab } from "./onlyTab";
import { passcodeHash } from "./passcodeHash";
import { passkeys } from "./passkeys";
import { watchPresence } from "./presence";
import { keepApp, takeUpdate } from "./keepApp";
import { takeLoginToken } from "./organisationSignIn";
import { IndexedShelf } from "./shelf";
import { startWorker } from "./trusted";
import { eraseApp, eraseDatabases } from "./wipe";

/** The browser the page runs in, as the session's phone. */
export function browserPhone(): Phone {
  return {
    homeserver: location.origin,
    platform: platformName(),
    redirectUrl: parameter("/sign-in", "redirectUrl"),
    asker: asker(),
    accountAsk: accountAsk(),
    lostAsked: location.pathname === "/lost",
    preferredLanguage: navigator.language.startsWith("cy") ? "cy" : "en",
    shelf: new IndexedShelf(),
    hash: passcodeHash,
    passkeys,
    takeLoginToken,
    watch: watchPresence,
    online: () => navigator.onLine,
    claim: claimOnlyTab,
    startEngine,
    eraseData: eraseDatabases,
    eraseApp,
    keepApp,
    takeUpdate,
    startOver: () => location.replace("/"),
    leaveTo: (url) => location.assign(url),
    now: () => Date.now(),
    later: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  };
}

function startEngine(): EnginePort {
  const worker = startWorker(engineUrl, "engine");
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen: (hear) => {
      worker.addEventListener("message", (event) => hear(event.data));
      worker.addEventListener("error", () =>
        hear({
          kind: "failed",
          problem: { code: "unexpected", sentence: "The app could not start." },
        }),
      );
    },
    terminate: () => worker.terminate(),
  };
}

/** Enough to tell one's phones apart in a list; nothing that identifies a device. */
function platformName(): string {
  const agent = navigator.userAgent;
  if (/iPhone|iPad/.test(agent)) return "iPhone";
  if (agent.includes("Android")) return "Android";
  if (agent.includes("Windows")) return "Windows";
  return agent.includes("Mac") ? "Mac" : "Linux";
}

/** Another app sends people to `/sign-in?redirectUrl=…`; anywhere else it is just a query. */
function parameter(page: string, name: string): string | null {
  if (location.pathname !== page) return null;
  return new URLSearchParams(location.search).get(name);
}

function accountAsk(): AccountAsk | null {
  if (location.pathname !== "/account") return null;
  return {
    action: parameter("/account", "action") ?? "",
    deviceId: parameter("/account", "device_id") ?? "",
  };
}

/** Through OAuth: `/sign-in?authorize=…`, or `/link` for a device that shows a code. */
function asker(): Asker | null {
  const request = parameter("/sign-in", "authorize");
  if (request !== null) return { by: "request", request };
  if (location.pathname !== "/link") return null;
  return { by: "code", code: parameter("/link", "user_code") ?? "" };
}
