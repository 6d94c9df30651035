package lanyard.platform.sealing;

/// Wraps the keys that rest on disk. The outside system behind it is a key management service or hardware module;
/// [MasterKeyFile] stands in where an organisation has none.
public interface KeyWrapper {
    byte[] wrap(byte[] key, byte[] associated);

    byte[] unwrap(byte[] wrapped, byte[] associated);
}
