/** The page on which an officer presents a share: the passkey unlocks it, and it leaves sealed to the worker. */
import { fromBase64, keep, openShareFile, sealFor, take, toBase64, type Kept } from "./share";

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

async function start(): Promise<void> {
  const page = element("share");
  const { session = "", key = "", person = "" } = page.dataset;
  const problem = element("share-problem");
  const kept = element("share-kept");
  const form = element<HTMLFormElement>("share-take");

  const guarded = (step: () => Promise<void>) => () => {
    problem.textContent = "";
    step().catch((error: unknown) => {
      problem.textContent =
        error instanceof DOMException || !(error instanceof Error)
          ? "No passkey was used. Try again."
          : error.message;
    });
  };

  const found = () =>
    onShelf<Kept | undefined>(
      "readonly",
      (store) => store.get(person) as IDBRequest<Kept | undefined>,
    );

  const show = async () => {
    kept.hidden = !(await found());
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
    const before = await found();
    if (!before) throw new Error("This browser has no share of yours.");
    const { prf } = await ask(before.credentialId);
    const send = element<HTMLFormElement>("share-send");
    const field = send.elements.namedItem("sealed") as HTMLInputElement;
    field.value = await sealFor({ key, session, person }, await take(before, prf));
    send.submit();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    guarded(takeShare)();
  });
  element("share-present").addEventListener("click", guarded(present));
  await show();
}

void start();
