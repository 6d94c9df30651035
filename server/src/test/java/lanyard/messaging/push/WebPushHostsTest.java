package lanyard.messaging.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which addresses are called when a push service's name is looked up: none inside.
class WebPushHostsTest {
    @Test
    void aHostOnTheListThatIsReallyInsideIsNotCalled() throws Exception {
        var hosts = new WebPushHosts(List.of("localhost"));
        var endpoint = hosts.allowed("https://localhost/1");
        assertThat(hosts.isSafe(endpoint)).isFalse();
        assertThat(hosts.isSafe(URI.create("https://nowhere.invalid/1"))).isFalse();
        for (var inside : List.of(
                "127.0.0.1",
                "10.1.2.3",
                "192.168.0.1",
                "172.16.0.1",
                "100.64.0.1",
                "169.254.169.254",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::1")) {
            assertThat(WebPushHosts.isPublic(InetAddress.ofLiteral(inside)))
                    .as(inside)
                    .isFalse();
        }
        assertThat(WebPushHosts.isPublic(InetAddress.ofLiteral("142.250.187.234")))
                .isTrue();
        assertThat(WebPushHosts.isPublic(InetAddress.ofLiteral("2a00:1450:4009:81f::200a")))
                .isTrue();
    }
}
