package lanyard;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanyard.messaging.account.AccountSettings;
import lanyard.messaging.media.MediaSettings;
import lanyard.messaging.push.PushSettings;
import lanyard.platform.db.DatabaseAddress;
import lanyard.platform.http.HttpSettings;
import lanyard.standards.matrix.ServerName;
import lanyard.trust.upstream.UpstreamSettings;

/// Everything that can be set, checked. Comes from the environment and from one optional file that `LANYARD_SETTINGS`
/// names; where both say something the environment wins. The names are in [SettingName].
///
/// @param http where the server listens
/// @param publicUrl where people reach it, without a path
/// @param serverName the part of Matrix ids after the colon, for ever
/// @param data the directory that keeps everything between runs
/// @param database a PostgreSQL elsewhere; empty for the embedded one
/// @param demonstration whether the organisation with nothing real in it is made on first start
/// @param conformance open registration, password login, no limits: for test suites only
/// @param record where decisions go
/// @param web the directory of the built staff app; empty to serve none
/// @param media how much people may upload
/// @param turn relays for calls
/// @param push who may be told that something has come
/// @param registrationSecret shared with a test suite that registers people; empty for none
/// @param upstream the organisation's own identity provider; empty for none
/// @param ssoRedirects beginnings of addresses that may be handed a finished sign-in, for tests of the demonstration
public record Settings(
        HttpSettings http,
        URI publicUrl,
        ServerName serverName,
        Path data,
        Optional<DatabaseAddress> database,
        boolean demonstration,
        boolean conformance,
        CareRecordSettings record,
        Optional<Path> web,
        MediaSettings media,
        AccountSettings.Turn turn,
        PushSettings push,
        SharedSecret registrationSecret,
        Optional<UpstreamSettings> upstream,
        List<URI> ssoRedirects) {

    public Settings {
        ssoRedirects = List.copyOf(ssoRedirects);
    }

    /// The same on another data directory.
    Settings on(Path otherData) {
        return new Settings(
                http,
                publicUrl,
                serverName,
                otherData.toAbsolutePath().normalize(),
                database,
                demonstration,
                conformance,
                record,
                web,
                media,
                turn,
                push,
                registrationSecret,
                upstream,
                ssoRedirects);
    }

    /// A secret that does not show itself.
    public record SharedSecret(String value) {
        @Override
        public String toString() {
            return "SharedSecret[hidden]";
        }
    }

    /// A FHIR server, or people who copy, or else a directory of files: where there is one of the others, that of
    /// before. `fhirAuthorization` is the value of that header, or empty; `communications` is whether the server is
    /// told too to whom each decision was sent.
    public record CareRecordSettings(
            Optional<URI> fhirUrl, String fhirAuthorization, boolean communications, Path directory, boolean byHand) {
        @Override
        public String toString() {
            return "CareRecordSettings[" + fhirUrl + ", " + directory + "]";
        }
    }

    /// Throws [lanyard.platform.CannotStartException] with a sentence that names the variable and what would be right.
    public static Settings read(Map<String, String> environment) {
        return new SettingsReader(Variables.of(environment), true).read();
    }

    /// The same for a command that works on what a server has left: directories that are not there are not made.
    static Settings readForCommand(Map<String, String> environment) {
        return new SettingsReader(Variables.of(environment), false).read();
    }
}
