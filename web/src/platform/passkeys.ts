import { Refusal, type ProblemCode } from "../engine/words";
import type { NewCredential, PhonePasskeys } from "../model/phone/ports";
import type { Json, PasskeyAnswer, PasskeySecrets } from "../vault/ports";

type Bytes = Uint8Array<ArrayBuffer>;

interface PrfResults {
  prf?: { enabled?: boolean; results?: { first?: BufferSource; second?: BufferSource } };
}

/** The same for everybody: with it a passkey says on each phone what opens the person's own keys. */
const KEYS_SALT = new TextEncoder().encode("lanyard secret storage 1");

/**
 * WebAuthn as the vault and the sign-in want it. What the passkey says for our salts is read here and
 * never becomes part of the JSON that goes to the server: `toJSON()` would put it in.
 */
export const passkeys: PhonePasskeys = {
  known: () => typeof PublicKeyCredential === "function",

  async onThisPhone() {
    if (typeof PublicKeyCredential !== "function") return false;
    return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
  },

  async offersByItself() {
    if (typeof PublicKeyCredential !== "function") return false;
    return (
      (await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false)) ?? false
    );
  },

  async create(publicKey, salt): Promise<NewCredential> {
    const made = (await asked(() =>
      navigator.credentials.create({ publicKey: creationOptions(publicKey, salt) }),
    )) as PublicKeyCredential;
    const response = made.response as AuthenticatorAttestationResponse;
    const credential = {
      ...common(made),
      response: {
        clientDataJSON: base64url(response.clientDataJSON),
        attestationObject: base64url(response.attestationObject),
        transports: response.getTransports?.() ?? [],
      },
    };
    const { prf } = made.getClientExtensionResults() as PrfResults;
    return {
      credentialId: made.id,
      credential,
      secrets: secretsOf(made),
      saysMore: prf?.enabled === true,
    };
  },

  async get(publicKey, salt, waiting): Promise<PasskeyAnswer> {
    const options: CredentialRequestOptions = { publicKey: requestOptions(publicKey, salt) };
    if (waiting) Object.assign(options, { mediation: "conditional", signal: waiting });
    const found = (await asked(() => navigator.credentials.get(options))) as PublicKeyCredential;
    const response = found.response as AuthenticatorAssertionResponse;
    const credential = {
      ...common(found),
      response: {
        clientDataJSON: base64url(response.clientDataJSON),
        authenticatorData: base64url(response.authenticatorData),
        signature: base64url(response.signature),
        ...(response.userHandle && { userHandle: base64url(response.userHandle) }),
      },
    };
    return { credentialId: found.id, credential, secrets: secretsOf(found) };
  },
};

function common(credential: PublicKeyCredential): Json {
  return {
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: {},
  };
}

function secretsOf(credential: PublicKeyCredential): PasskeySecrets | null {
  const { prf } = credential.getClientExtensionResults() as PrfResults;
  const { first, second } = prf?.results ?? {};
  return first && second ? { vault: bytesOf(first), keys: bytesOf(second) } : null;
}

function creationOptions(json: Json, salt: Bytes): PublicKeyCredentialCreationOptions {
  const options = {
    ...json,
    ...binary(json, salt),
  } as unknown as PublicKeyCredentialCreationOptions;
  const user = json["user"] as Json;
  return {
    ...options,
    user: { ...options.user, id: fromBase64url(user["id"]) },
    excludeCredentials: descriptors(json["excludeCredentials"]),
  };
}

function requestOptions(json: Json, salt: Bytes): PublicKeyCredentialRequestOptions {
  const options = {
    ...json,
    ...binary(json, salt),
  } as unknown as PublicKeyCredentialRequestOptions;
  return { ...options, allowCredentials: descriptors(json["allowCredentials"]) };
}

function binary(json: Json, salt: Bytes): Json {
  const prf = { eval: { first: salt, second: KEYS_SALT } };
  return {
    challenge: fromBase64url(json["challenge"]),
    extensions: { ...(json["extensions"] as object | undefined), prf },
  };
}

function descriptors(value: unknown): PublicKeyCredentialDescriptor[] {
  const list = Array.isArray(value) ? (value as Json[]) : [];
  return list.map((one) => ({
    ...(one as unknown as PublicKeyCredentialDescriptor),
    id: fromBase64url(one["id"]),
  }));
}

/** The browser says one thing for many: given up, no passkey here, too late. */
async function asked(gesture: () => Promise<Credential | null>): Promise<Credential> {
  try {
    const credential = await gesture();
    if (credential) return credential;
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    throw new Refusal({ code: CODES[name] ?? "passkey_failed", sentence: "No passkey was used." });
  }
  throw new Refusal({ code: "passkey_failed", sentence: "No passkey was used." });
}

const CODES: Record<string, ProblemCode> = {
  NotAllowedError: "passkey_given_up",
  AbortError: "passkey_given_up",
  InvalidStateError: "passkey_known",
};

function bytesOf(source: BufferSource): Bytes {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  return new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength).slice();
}

function base64url(value: BufferSource): string {
  const plain = btoa(String.fromCharCode(...bytesOf(value)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64url(value: unknown): Bytes {
  const plain = atob(String(value).replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}
