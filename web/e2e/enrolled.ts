/** Sets a phone up as our own app does: whoever came in by our own page can do nothing else until then. */
export async function enrolled(baseUrl: string, accessToken: string): Promise<void> {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const answer = await fetch(`${baseUrl}/_lanyard/v1/handsets`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({
      name: "Desk",
      platform: "Linux",
      policy_version: "1",
      public_key_jwk: await crypto.subtle.exportKey("jwk", key.publicKey),
    }),
  });
  if (!answer.ok) throw new Error(`enrolling failed with ${answer.status}`);
}
