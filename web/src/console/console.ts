/**
 * The console's one script: passkeys, which a form alone cannot show. Without it, or without a passkey, the forms
 * for password and code do the same.
 */
const SIGN_IN = "/_lanyard/v1/sign-in/passkey";

interface RequestJson {
  readonly challenge: string;
  readonly timeout?: number;
  readonly rpId?: string;
  readonly allowCredentials?: readonly { id: string; transports?: AuthenticatorTransport[] }[];
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function base64url(buffer: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

async function shown(json: RequestJson): Promise<unknown> {
  const found = (await navigator.credentials.get({
    publicKey: {
      challenge: bytes(json.challenge),
      userVerification: "required",
      ...(json.timeout !== undefined && { timeout: json.timeout }),
      ...(json.rpId !== undefined && { rpId: json.rpId }),
      allowCredentials: (json.allowCredentials ?? []).map((one) => ({
        type: "public-key",
        id: bytes(one.id),
        ...(one.transports && { transports: one.transports }),
      })),
    },
  })) as PublicKeyCredential;
  const response = found.response as AuthenticatorAssertionResponse;
  return {
    id: found.id,
    rawId: base64url(found.rawId),
    type: found.type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: base64url(response.clientDataJSON),
      authenticatorData: base64url(response.authenticatorData),
      signature: base64url(response.signature),
      ...(response.userHandle && { userHandle: base64url(response.userHandle) }),
    },
  };
}

async function post(path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const json = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) throw new Error(String(json["error"]));
  return json;
}

async function loginToken(): Promise<string> {
  const asked = await post(`${SIGN_IN}/options`, {});
  const credential = await shown(asked["publicKey"] as RequestJson);
  const passed = await post(SIGN_IN, { session: asked["session"], credential });
  return String(passed["login_token"]);
}

/** The form is sent by itself once `value` is in the field it is for. */
function onPasskey(id: string, field: string, value: (form: HTMLFormElement) => Promise<string>) {
  const form = document.getElementById(id);
  if (!(form instanceof HTMLFormElement) || typeof PublicKeyCredential !== "function") return;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const problem = document.getElementById("passkey-problem");
    value(form).then(
      (found) => {
        const input = form.elements.namedItem(field);
        if (input instanceof HTMLInputElement) input.value = found;
        form.submit();
      },
      (error: unknown) => {
        if (problem) problem.textContent = error instanceof Error ? error.message : String(error);
      },
    );
  });
}

onPasskey("passkey-sign-in", "token", loginToken);
onPasskey("passkey-step-up", "_credential", async (form) =>
  JSON.stringify(await shown(JSON.parse(form.dataset["options"] ?? "{}") as RequestJson)),
);
