// The keys that a phone publishes, made by hand: an Ed25519 identity and one-time keys that it has signed.
import { generateKeyPairSync, sign } from "node:crypto";

const raw = (key) => Buffer.from(key.export({ format: "jwk" }).x, "base64url").toString("base64").replace(/=+$/, "");

/// Canonical JSON of what has only strings, lists and objects in it.
const canonical = (value) =>
  Array.isArray(value)
    ? `[${value.map(canonical).join(",")}]`
    : typeof value === "object"
      ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`
      : JSON.stringify(value);

export class DeviceKeys {
  constructor(user, device) {
    this.user = user;
    this.device = device;
    this.identity = generateKeyPairSync("ed25519");
    this.made = 0;
  }

  signed(object) {
    const signature = sign(null, Buffer.from(canonical(object)), this.identity.privateKey);
    const text = signature.toString("base64").replace(/=+$/, "");
    return { ...object, signatures: { [this.user]: { [`ed25519:${this.device}`]: text } } };
  }

  deviceKeys() {
    return this.signed({
      user_id: this.user,
      device_id: this.device,
      algorithms: ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
      keys: {
        [`ed25519:${this.device}`]: raw(this.identity.publicKey),
        [`curve25519:${this.device}`]: raw(generateKeyPairSync("x25519").publicKey),
      },
    });
  }

  /// A person's first identity, and its signature on this device: only then can colleagues reach them.
  identityUploads() {
    const [master, selfSigning] = [generateKeyPairSync("ed25519"), generateKeyPairSync("ed25519")];
    const key = (usage, pair) => ({
      user_id: this.user,
      usage: [usage],
      keys: { [`ed25519:${raw(pair.publicKey)}`]: raw(pair.publicKey) },
    });
    const by = (pair, object) => {
      const { signatures: _, ...unsigned } = object;
      const signature = sign(null, Buffer.from(canonical(unsigned)), pair.privateKey);
      const text = signature.toString("base64").replace(/=+$/, "");
      return { ...unsigned, signatures: { [this.user]: { [`ed25519:${raw(pair.publicKey)}`]: text } } };
    };
    this.published ??= this.deviceKeys();
    return {
      deviceKeys: this.published,
      signing: { master_key: key("master", master), self_signing_key: by(master, key("self_signing", selfSigning)) },
      signatures: { [this.user]: { [this.device]: by(selfSigning, this.published) } },
    };
  }

  oneTimeKeys(count) {
    const keys = {};
    for (let i = 0; i < count; i++) {
      const id = `signed_curve25519:K${String(this.made++).padStart(5, "0")}`;
      keys[id] = this.signed({ key: raw(generateKeyPairSync("x25519").publicKey) });
    }
    return keys;
  }
}
