import type { PasskeySecrets } from "../../vault/ports";
import type { NewCredential, PhonePasskeys } from "./ports";

/** Some phones say nothing while a passkey is made, and all of it at its first use. */
export async function secretsOf(
  passkeys: PhonePasskeys,
  { credentialId, saysMore, secrets }: NewCredential,
  salt: Uint8Array<ArrayBuffer>,
): Promise<PasskeySecrets | null> {
  if (secrets || !saysMore) return secrets;
  const challenge = "AAAAAAAAAAAAAAAAAAAAAA";
  const allowCredentials = [{ type: "public-key", id: credentialId }];
  const options = { challenge, allowCredentials, userVerification: "required" };
  return (await passkeys.get(options, salt)).secrets;
}
