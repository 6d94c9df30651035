package lanyard.trust.upstream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.context.ContextLoaderListener;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/// Somebody else's OpenID provider, whole: Spring Authorization Server on a free port. It insists on PKCE, on the
/// address to come back to and on the client's secret, as a provider does; its people are who a
/// header says, which spares the test a form.
final class RealProvider implements AutoCloseable {
    static final String PERSON = "Test-Person";
    static final String CLIENT = "lanyard";
    static final String SECRET = "a-secret-of-the-client";
    static final String CALLBACK = "https://ward.test" + Upstream.CALLBACK;

    private final Server server = new Server();
    private final String issuer;

    /// What the provider says of whoever signs in, in the ID token and to who asks for more.
    record Says(String issuer, Map<String, Object> idToken, Map<String, Object> userInfo) {}

    private RealProvider(Map<String, Object> idToken, Map<String, Object> userInfo) throws Exception {
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        connector.open();
        issuer = "http://127.0.0.1:" + connector.getLocalPort();
        var context = new AnnotationConfigWebApplicationContext();
        context.register(Beans.class);
        context.addBeanFactoryPostProcessor(
                factory -> factory.registerSingleton("says", new Says(issuer, idToken, userInfo)));
        var handler = new ServletContextHandler("/", true, false);
        handler.addEventListener(new ContextLoaderListener(context));
        handler.addFilter(
                new FilterHolder(new DelegatingFilterProxy("springSecurityFilterChain", context)),
                "/*",
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
        server.setHandler(handler);
        server.start();
    }

    static RealProvider start(Map<String, Object> idToken, Map<String, Object> userInfo) {
        try {
            return new RealProvider(idToken, userInfo);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    URI issuer() {
        return URI.create(issuer);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Beans {
        @Bean
        SecurityFilterChain chain(HttpSecurity http, Says says) {
            http.oauth2AuthorizationServer(server ->
                    server.oidc(oidc -> oidc.userInfoEndpoint(info -> info.userInfoMapper(context -> new OidcUserInfo(
                            with(says.userInfo(), context.getAuthorization().getPrincipalName()))))));
            http.authorizeHttpRequests(all -> all.anyRequest().authenticated());
            http.oauth2ResourceServer(resource -> resource.jwt(Customizer.withDefaults()));
            http.addFilterAfter(Beans::signedIn, SecurityContextHolderFilter.class);
            return http.build();
        }

        /// Instead of a form that a person fills in.
        private static void signedIn(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request instanceof HttpServletRequest http && http.getHeader(PERSON) != null) {
                var person = UsernamePasswordAuthenticationToken.authenticated(
                        http.getHeader(PERSON), "", AuthorityUtils.createAuthorityList("ROLE_USER"));
                SecurityContextHolder.setContext(new SecurityContextImpl(person));
            }
            chain.doFilter(request, response);
        }

        private static Map<String, Object> with(Map<String, Object> claims, String subject) {
            var all = new java.util.HashMap<>(claims);
            all.put("sub", subject);
            return all;
        }

        @Bean
        RegisteredClientRepository clients() {
            return new InMemoryRegisteredClientRepository(RegisteredClient.withId("1")
                    .clientId(CLIENT)
                    .clientSecret("{noop}" + SECRET)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .redirectUri(CALLBACK)
                    .scope("openid")
                    .scope("profile")
                    .clientSettings(ClientSettings.builder()
                            .requireProofKey(true)
                            .requireAuthorizationConsent(false)
                            .build())
                    .build());
        }

        @Bean
        JWKSource<SecurityContext> keys() throws JOSEException {
            var key = new RSAKeyGenerator(2048).keyID("real").generate();
            return new ImmutableJWKSet<>(new JWKSet(key));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return NimbusJwtDecoder.withJwkSource(keys).build();
        }

        @Bean
        AuthorizationServerSettings settings(Says says) {
            return AuthorizationServerSettings.builder().issuer(says.issuer()).build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims(Says says) {
            return context -> {
                if (context.getTokenType().getValue().equals("id_token")) {
                    says.idToken().forEach((name, value) -> context.getClaims().claim(name, value));
                }
            };
        }
    }
}
