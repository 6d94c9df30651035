package lanyard.governance.custodian;

/// The names of the two encryptions. <https://spec.matrix.org/v1.18/client-server-api/#messaging-algorithms>
final class Algorithms {
    static final String OLM = "m.olm.v1.curve25519-aes-sha2";
    static final String MEGOLM = "m.megolm.v1.aes-sha2";

    private Algorithms() {}
}
