import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { describe, expect, test } from "vitest";
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
} from "./share";

/** A share file as the server's ceremony writes it; its parts are four bytes that open nothing. */
const FILE =
  '{"clear":{"format":"lanyard officer share 1","ceremony":"00ff","organization":"RXX","officer":1,"name":"Siân \\"Caldicott\\" Guardian"},"kdf":"argon2id m=19456 t=2 p=1","salt":"SIV8uLOyp9V+EXRdsUpaxg==","sealed":"Aau8/6AApuNhX2BZg8+NveSHkTbx3labcjtnLKE2FQvu0fA9Kcr5rJmYxZ/RX2TbJaCQ4fnsXVgNmkAdPsWWrDzV+y8Gey2Wh1hloCI1xjT896OVVmXa"}';
const PASSPHRASE = "first passphrase";

describe("an officer's share in the browser", () => {
  test("opens from the ceremony's file with its passphrase", async () => {
    const share = await openShareFile(FILE, PASSPHRASE);
    expect(share.clear.ceremony).toBe("00ff");
    expect(share.secret).toEqual({ case_key: "CQk=", parts: { "2026-11": "AQIDBA==" } });
  });

  test("stays closed to another passphrase, and where the file was changed", async () => {
    await expect(openShareFile(FILE, "another passphrase")).rejects.toThrow("wrong");
    const changed = FILE.replace('"officer":1', '"officer":2');
    await expect(openShareFile(changed, PASSPHRASE)).rejects.toThrow("wrong");
    await expect(openShareFile("{}", PASSPHRASE)).rejects.toThrow("not an officer's share");
  });

  test("is kept so that only the same passkey opens it", async () => {
    const share = await openShareFile(FILE, PASSPHRASE);
    const prf = crypto.getRandomValues(new Uint8Array(32));
    const kept = await keep([share], prf, "credential");
    expect(toBase64(kept.sealed)).not.toContain(toBase64(new Uint8Array([1, 2, 3, 4])));
    expect(await take(kept, prf)).toEqual([share]);
    await expect(take(kept, crypto.getRandomValues(new Uint8Array(32)))).rejects.toThrow();
    await expect(take({ ...kept, credentialId: "other" }, prf)).rejects.toThrow();
  });

  test("waits at the server sealed to the key that only this passkey makes", async () => {
    const suite = new CipherSuite({
      kem: new DhkemX25519HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Aes256Gcm(),
    });
    const prf = crypto.getRandomValues(new Uint8Array(32));
    const key = await publicKey(await officerKey(prf));
    expect(await publicKey(await officerKey(prf.slice()))).toBe(key);
    const share = { clear: { ceremony: "00ff", name: "Martin" }, secret: { parts: {} } };
    const sender = await suite.createSenderContext({
      recipientPublicKey: await suite.kem.deserializePublicKey(fromBase64(key)),
      info: new TextEncoder().encode("lanyard officer share kept\n00ff\n@a:b"),
    });
    const text = await sender.seal(new TextEncoder().encode(JSON.stringify(share)));
    const sealed = toBase64(
      new Uint8Array([...new Uint8Array(sender.enc), ...new Uint8Array(text)]),
    );
    const whose = { ceremony: "00ff", person: "@a:b" };
    expect(await openKept(sealed, await officerKey(prf), whose)).toEqual(share);
    const other = await officerKey(crypto.getRandomValues(new Uint8Array(32)));
    await expect(openKept(sealed, other, whose)).rejects.toThrow("another passkey");
    const wrong = openKept(sealed, await officerKey(prf), { ...whose, person: "@c:b" });
    await expect(wrong).rejects.toThrow("another passkey");
  });

  test("opens as the server's worker seals it", async () => {
    // The worker's own bytes, for the key that a passkey of sevens makes.
    const sealed =
      "BS/kuZH3T4/6Qlstt18flftBXudQQbpP3x2khlv7bDdlkRogf38MOyplEuA0y6ML+J/t2yyovMm8ZxZFCX+yEyFGxVWnv43XDVPBysuL4dZLyMvo8X7lWNpJY/B8zukxgbyRQmI2PjNQKEnsZ4a9+IZi0Q==";
    const pair = await officerKey(new Uint8Array(32).fill(7));
    const share = await openKept(sealed, pair, { ceremony: "00ff", person: "@a:b" });
    expect(share.clear).toEqual({ ceremony: "00ff", name: "Martin" });
  });

  test("is sealed for one worker, one session and one officer", async () => {
    const suite = new CipherSuite({
      kem: new DhkemX25519HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Aes256Gcm(),
    });
    const worker = await suite.kem.generateKeyPair();
    const key = toBase64(new Uint8Array(await suite.kem.serializePublicKey(worker.publicKey)));
    const share = await openShareFile(FILE, PASSPHRASE);
    const sealed = fromBase64(await sealFor({ key, session: "s1", person: "@a:b" }, [share]));
    const open = async (info: string) => {
      const context = await suite.createRecipientContext({
        recipientKey: worker.privateKey,
        enc: sealed.slice(0, 32),
        info: new TextEncoder().encode(info),
      });
      return JSON.parse(new TextDecoder().decode(await context.open(sealed.slice(32)))) as unknown;
    };
    expect(await open("lanyard officer share\ns1\n@a:b")).toEqual({ shares: [share] });
    await expect(open("lanyard officer share\ns2\n@a:b")).rejects.toThrow();
    await expect(open("lanyard officer share\ns1\n@c:b")).rejects.toThrow();
  });
});
