package lanyard;

import static lanyard.SettingName.LANYARD_UPSTREAM_ACR;
import static lanyard.SettingName.LANYARD_UPSTREAM_CLIENT_ID;
import static lanyard.SettingName.LANYARD_UPSTREAM_CLIENT_SECRET;
import static lanyard.SettingName.LANYARD_UPSTREAM_HOSTS;
import static lanyard.SettingName.LANYARD_UPSTREAM_ISSUER;
import static lanyard.SettingName.LANYARD_UPSTREAM_MAKES_PEOPLE;
import static lanyard.SettingName.LANYARD_UPSTREAM_NAME;
import static lanyard.SettingName.LANYARD_UPSTREAM_SCOPES;
import static lanyard.SettingName.LANYARD_UPSTREAM_SHAPE;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.CannotStartException;
import lanyard.trust.upstream.UpstreamSettings;

/// The settings of the organisation's own identity provider: all that are needed, or none.
final class UpstreamReader {
    private static final List<SettingName> NEEDED = List.of(
            LANYARD_UPSTREAM_ISSUER, LANYARD_UPSTREAM_CLIENT_ID, LANYARD_UPSTREAM_CLIENT_SECRET, LANYARD_UPSTREAM_ACR);

    private final Variables variables;

    UpstreamReader(Variables variables) {
        this.variables = variables;
    }

    Optional<UpstreamSettings> read() {
        var given =
                NEEDED.stream().filter(name -> variables.find(name).isPresent()).toList();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() < NEEDED.size()) {
            throw new CannotStartException(LANYARD_UPSTREAM_ISSUER + ", " + LANYARD_UPSTREAM_CLIENT_ID + ", "
                    + LANYARD_UPSTREAM_CLIENT_SECRET + " and " + LANYARD_UPSTREAM_ACR
                    + " go together: set all four or none.");
        }
        var issuer = issuer(text(LANYARD_UPSTREAM_ISSUER));
        var hosts = new HashSet<>(variables.list(LANYARD_UPSTREAM_HOSTS));
        hosts.add(issuer.getRawAuthority());
        var client = new UpstreamSettings.Client(
                issuer, text(LANYARD_UPSTREAM_CLIENT_ID), text(LANYARD_UPSTREAM_CLIENT_SECRET));
        var scopes = variables.list(LANYARD_UPSTREAM_SCOPES);
        return Optional.of(new UpstreamSettings(
                variables.find(LANYARD_UPSTREAM_NAME).orElse("your organisation"),
                client,
                scopes.isEmpty() ? List.of("profile") : scopes,
                Set.copyOf(variables.list(LANYARD_UPSTREAM_ACR)),
                shape(),
                hosts,
                variables.isTrue(LANYARD_UPSTREAM_MAKES_PEOPLE, false)));
    }

    private String text(SettingName name) {
        return variables.find(name).orElseThrow();
    }

    private static URI issuer(String text) {
        var right = "an address such as https://login.microsoftonline.com/<tenant>/v2.0; http is for this machine only";
        try {
            var url = URI.create(text);
            if (url.getScheme() != null
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && SettingsReader.isSecure(url)) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // The sentence below says what would be right.
        }
        throw Variables.refused(LANYARD_UPSTREAM_ISSUER, text, right);
    }

    private UpstreamSettings.Shape shape() {
        var text = variables.find(LANYARD_UPSTREAM_SHAPE).orElse("plain");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "cis2" -> UpstreamSettings.Shape.CIS2;
            case "entra" -> UpstreamSettings.Shape.ENTRA;
            case "plain" -> UpstreamSettings.Shape.PLAIN;
            default -> throw Variables.refused(LANYARD_UPSTREAM_SHAPE, text, "cis2, entra or plain");
        };
    }
}
