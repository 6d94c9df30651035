package lanyard.trust.upstream;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;

/// As much of a browser as a sign-in elsewhere needs: one cookie, and addresses to go to.
final class Browser {
    static final String START = "/_lanyard/v1/sign-in/organisation";

    private final TestHttp http;
    private String cookie = "";

    Browser(TestHttp http) {
        this.http = http;
    }

    /// To the provider's page.
    URI begin() {
        return begin("/sign-in");
    }

    URI begin(String back) {
        var answer = http.get(START + "?redirect_url=" + URLEncoder.encode(back, StandardCharsets.UTF_8));
        if (answer.status() != 302) {
            throw new IllegalStateException(answer.text());
        }
        cookie = answer.header("Set-Cookie").replaceAll(";.*", "");
        return URI.create(answer.header("Location"));
    }

    /// Signs in there; the address by which the provider sends the browser back, or its refusal.
    java.net.http.HttpResponse<String> signInThere(URI page, String person) {
        try (var outside = HttpClient.newHttpClient()) {
            return outside.send(
                    HttpRequest.newBuilder(page)
                            .header("Accept", "text/html")
                            .header(RealProvider.PERSON, person)
                            .build(),
                    BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer back(String address) {
        var path = address.replaceFirst("^https://ward.test", "");
        var request = HttpRequest.newBuilder(http.address(path));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return http.send(request.build());
    }

    void loseCookie() {
        cookie = "";
    }

    static Map<String, String> parameters(URI address) {
        return Stream.of(address.getRawQuery().split("&"))
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(
                        one -> one[0], one -> java.net.URLDecoder.decode(one[1], StandardCharsets.UTF_8)));
    }
}
