package lanyard;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The names of all settings.
enum SettingName {
    /// Path of a file of settings, `NAME=value` on each line.
    LANYARD_SETTINGS,
    LANYARD_PORT,
    /// The address to listen on; the loopback address unless said otherwise.
    LANYARD_BIND,
    /// Addresses of proxies whose `X-Forwarded-For` is believed, separated by commas.
    LANYARD_TRUSTED_PROXIES,
    LANYARD_PUBLIC_URL,
    LANYARD_SERVER_NAME,
    LANYARD_DATA,
    LANYARD_DATABASE_URL,
    LANYARD_DATABASE_USER,
    LANYARD_DATABASE_PASSWORD,
    LANYARD_DEMONSTRATION,
    LANYARD_CONFORMANCE,
    LANYARD_FHIR_URL,
    LANYARD_FHIR_AUTHORIZATION,
    /// `true`: the FHIR server is also told to whom each decision was sent.
    LANYARD_FHIR_COMMUNICATION,
    LANYARD_RECORD_DIRECTORY,
    /// `true`: people copy decisions into a health record that has no interface.
    LANYARD_RECORD_BY_HAND,
    LANYARD_WEB,
    /// The largest file that may be uploaded, in MiB.
    LANYARD_MEDIA_LARGEST_MB,
    /// What all the files of one person may take, in MiB.
    LANYARD_MEDIA_QUOTA_MB,
    /// Addresses of push gateways that may be told that something has come, separated by commas.
    LANYARD_PUSH_GATEWAYS,
    /// Hosts of browsers' push services, separated by commas, in place of the usual ones.
    LANYARD_WEB_PUSH_HOSTS,
    /// Shared with a test suite that registers people over Synapse's interface; in conformance mode only.
    LANYARD_REGISTRATION_SECRET,
    /// Relays for calls, `turn:` or `turns:` addresses separated by commas.
    LANYARD_TURN_URIS,
    /// The secret shared with the relays.
    LANYARD_TURN_SECRET,
    /// The organisation's own identity provider: its issuer's address.
    LANYARD_UPSTREAM_ISSUER,
    /// How the provider knows us.
    LANYARD_UPSTREAM_CLIENT_ID,
    LANYARD_UPSTREAM_CLIENT_SECRET,
    /// The provider's name on the button of the sign-in page.
    LANYARD_UPSTREAM_NAME,
    /// Which `acr` (or Entra's `acrs`) counts as two steps, separated by commas: demanded and checked.
    LANYARD_UPSTREAM_ACR,
    /// `cis2`, `entra` or `plain`: whose claims they are.
    LANYARD_UPSTREAM_SHAPE,
    /// What is asked for beside `openid`, separated by commas.
    LANYARD_UPSTREAM_SCOPES,
    /// Hosts beside the issuer's that the provider's document may name, separated by commas.
    LANYARD_UPSTREAM_HOSTS,
    /// `true`: whoever the provider vouches for and the directory has not made is made.
    LANYARD_UPSTREAM_MAKES_PEOPLE,
    /// Beginnings of addresses that may be handed a finished sign-in, separated by commas.
    LANYARD_SSO_REDIRECTS;

    static final String PREFIX = "LANYARD_";

    static Optional<SettingName> find(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.name().equals(name))
                .findFirst();
    }

    static String list() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
