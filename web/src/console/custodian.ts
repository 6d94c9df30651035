/** The page on which an officer presents a share: the passkey unlocks it, and it leaves sealed to the worker. */
import {
  fromBase64,
  keep,
  officerKey,
  openKept,
  openShareFile,
  publicKey,
  sealFor,
  take,
  toBase64,
  type Kept,
  type Share,
} from "./share";

const SALT = new TextEncoder().encode("lanyard officer share 1");
const SHELF = "lanyard-officer";
const SHARES = "shares";

function element<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no ${id}`);
  return found as T;
}

function shelf(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(SHELF, 1);
    opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(SHARES));
    opening.addEventListener("success", () => resolve(opening.result));
    opening.addEventListener("error", () =>
      reject(opening.error ?? new Error("The browser keeps nothing.")),
    );
  });
}

async function onShelf<T>(
  mode: IDBTransactionMode,
  step: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await shelf();
  try {
    return await new Promise<T>((resolve, reject) => {
      const request = step(database.transaction(SHARES, mode).objectStore(SHARES));
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () =>
        reject(request.error ?? new Error("The browser keeps nothing.")),
      );
    });
  } finally {
    database.close();
  }
}

/** What the passkey says for our salt. The proof itself goes nowhere: the server asks for one of its own. */
async function ask(credentialId?: string): Promise<{ id: string; prf: Uint8Array<ArrayBuffer> }> {
  const extensions = { prf: { eval: { first: SALT } } };
  const found = (await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      userVerification: "required",
      allowCredentials: credentialId ? [{ type: "public-key", id: fromBase64(credentialId) }] : [],
      extensions: extensions as AuthenticationExtensionsClientInputs,
    },
  })) as PublicKeyCredential;
  const { prf } = found.getClientExtensionResults() as {
    prf?: { results?: { first?: ArrayBuffer } };
  };
  const first = prf?.results?.first;
  if (!first)
    throw new Error("This passkey cannot lock a share. Use one on a phone or a security key.");
  return { id: toBase64(new Uint8Array(found.rawId)), prf: new Uint8Array(first) };
}

/** Says what went wrong where it belongs. */
function guarding(problem: HTMLElement): (step: () => Promise<void>) => () => void {
  return (step) => () => {
    problem.textContent = "";
    step().catch((error: unknown) => {
      problem.textContent =
        error instanceof DOMException || !(error instanceof Error)
          ? "No passkey was used. Try again."
          : error.message;
    });
  };
}

/** A share that waits at the server, sealed to the key of the passkey `credential`. */
interface Waiting {
  readonly ceremony: string;
  readonly credential: string;
  readonly sealed: string;
}

/** Every share that waits, with one gesture for each passkey. */
async function openAll(waiting: readonly Waiting[], person: string): Promise<Share[]> {
  const shares: Share[] = [];
  for (const credential of new Set(waiting.map((one) => one.credential))) {
    const { prf } = await ask(base64(credential));
    const pair = await officerKey(prf);
    for (const one of waiting.filter((each) => each.credential === credential))
      shares.push(await openKept(one.sealed, pair, { ceremony: one.ceremony, person }));
  }
  return shares;
}

const base64 = (url: string): string =>
  url
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .padEnd(Math.ceil(url.length / 4) * 4, "=");

/** The passkey makes the key that shares are sealed to; its public half goes to the server. */
function startKey(): void {
  const guarded = guarding(element("officer-key-problem"));
  const make = async () => {
    const { id, prf } = await ask();
    const send = element<HTMLFormElement>("officer-key-send");
    const field = (name: string) => send.elements.namedItem(name) as HTMLInputElement;
    field("key").value = await publicKey(await officerKey(prf));
    field("credential").value = id;
    send.submit();
  };
  element("officer-key-make").addEventListener("click", guarded(make));
}

async function startShare(): Promise<void> {
  const page = element("share");
  const { session = "", key = "", person = "", kept: listed = "[]", current = "" } = page.dataset;
  const waiting = JSON.parse(listed) as Waiting[];
  const counts = current.split(" ");
  const guarded = guarding(element("share-problem"));
  const kept = element("share-kept");
  const form = element<HTMLFormElement>("share-take");

  const found = () =>
    onShelf<Kept | undefined>(
      "readonly",
      (store) => store.get(person) as IDBRequest<Kept | undefined>,
    );

  const show = async () => {
    kept.hidden = waiting.length === 0 && !(await found());
    form.hidden = false;
  };

  const takeShare = async () => {
    const file = element<HTMLInputElement>("share-file").files?.[0];
    const passphrase = element<HTMLInputElement>("share-passphrase");
    if (!file || !passphrase.value) throw new Error("Choose the file and type its passphrase.");
    const share = await openShareFile(await file.text(), passphrase.value);
    const before = await found();
    const { id, prf } = await ask(before?.credentialId);
    const others = before ? await take(before, prf) : [];
    const all = [...others.filter((one) => one.clear.ceremony !== share.clear.ceremony), share];
    const sealed = await keep(all, prf, id);
    await onShelf("readwrite", (store) => store.put(sealed, person));
    form.reset();
    await show();
  };

  const present = async () => {
    const shares = await openAll(waiting, person);
    const before = await found();
    if (before && counts.some((one) => !waiting.some((each) => each.ceremony === one))) {
      const { prf } = await ask(before.credentialId);
      const own = (await take(before, prf)).filter((one) => counts.includes(one.clear.ceremony));
      shares.push(...own);
    }
    if (shares.length === 0) throw new Error("This browser has no share of yours that counts.");
    const send = element<HTMLFormElement>("share-send");
    const field = send.elements.namedItem("sealed") as HTMLInputElement;
    field.value = await sealFor({ key, session, person }, shares);
    send.submit();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    guarded(takeShare)();
  });
  element("share-present").addEventListener("click", guarded(present));
  await show();
}

if (document.getElementById("officer-key")) startKey();
if (document.getElementById("share")) void startShare();
