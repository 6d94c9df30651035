package lanyard.governance.carerecord;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/// Somebody else's FHIR server, whole: HAPI reads what it is sent, keeps it as resources and writes it anew, with its
/// own ids and order. It can also be down, or take something and then not say so.
final class RealRecord implements AutoCloseable {
    private final Server server = new Server();
    private final Bundles bundles = new Bundles();
    private final Pictures pictures = new Pictures();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final URI base;
    private volatile boolean answersAfterCreate = true;

    RealRecord() {
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var fhir = new RestfulServer(FhirContext.forR4Cached());
        fhir.registerProvider(bundles);
        fhir.registerProvider(pictures);
        var handler = new ServletContextHandler("/", false, false);
        handler.addFilter(new FilterHolder(hanging()), "/*", EnumSet.of(DispatcherType.REQUEST));
        handler.addServlet(new ServletHolder(fhir), "/fhir/*");
        server.setHandler(handler);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the FHIR server did not start", e);
        }
        base = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/fhir");
    }

    /// What is created is there, and nobody hears of it.
    private Filter hanging() {
        return (request, response, chain) -> {
            chain.doFilter(request, response);
            if (!answersAfterCreate) {
                try {
                    closing.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("the test does not answer");
            }
        };
    }

    RealRecord answersAfterCreate(boolean answers) {
        answersAfterCreate = answers;
        return this;
    }

    FhirServer address() {
        return new FhirServer(base, "", FhirStub.PATIENCE);
    }

    List<Bundle> documents() {
        return bundles.list();
    }

    List<DocumentReference> pictures() {
        return pictures.list();
    }

    /// Keeps every picture smaller than it was, as some servers do.
    RealRecord shrinksPictures() {
        pictures.shrinks = true;
        return this;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the FHIR server did not stop", e);
        }
    }

    /// HAPI hands the whole resource over; its own memory does as a database would.
    public static final class Bundles implements IResourceProvider {
        private final Map<String, Bundle> kept = new LinkedHashMap<>();

        @Override
        public Class<Bundle> getResourceType() {
            return Bundle.class;
        }

        @Create
        public synchronized MethodOutcome create(
                @ResourceParam Bundle bundle, @ConditionalUrlParam @Nullable String condition) {
            if (condition != null) {
                var value = condition.substring(condition.indexOf('=') + 1);
                var wanted = URLDecoder.decode(value, StandardCharsets.UTF_8);
                for (var known : kept.values()) {
                    if (wanted.equals(known.getIdentifier().getSystem() + "|"
                            + known.getIdentifier().getValue())) {
                        return new MethodOutcome(known.getIdElement(), false);
                    }
                }
            }
            var id = new IdType("Bundle", Integer.toString(kept.size() + 1), "1");
            bundle.setId(id);
            kept.put(id.getIdPart(), bundle);
            return new MethodOutcome(id, true);
        }

        @Read
        public synchronized Bundle read(@IdParam IdType id) {
            var found = kept.get(id.getIdPart());
            if (found == null) {
                throw new ResourceNotFoundException(id);
            }
            return found;
        }

        @Search
        public synchronized List<? extends Resource> search(@OptionalParam(name = "identifier") TokenParam wanted) {
            return kept.values().stream()
                    .filter(bundle -> bundle.getIdentifier().getValue().equals(wanted.getValue()))
                    .toList();
        }

        synchronized List<Bundle> list() {
            return List.copyOf(kept.values());
        }
    }

    /// The same for pictures.
    public static final class Pictures implements IResourceProvider {
        private final Map<String, DocumentReference> kept = new LinkedHashMap<>();
        private volatile boolean shrinks;

        @Override
        public Class<DocumentReference> getResourceType() {
            return DocumentReference.class;
        }

        @Create
        public synchronized MethodOutcome create(
                @ResourceParam DocumentReference picture, @ConditionalUrlParam @Nullable String condition) {
            var value = java.util.Objects.requireNonNull(condition);
            var wanted = URLDecoder.decode(value.substring(value.indexOf('=') + 1), StandardCharsets.UTF_8);
            for (var known : kept.values()) {
                var identifier = known.getIdentifierFirstRep();
                if (wanted.equals(identifier.getSystem() + "|" + identifier.getValue())) {
                    return new MethodOutcome(known.getIdElement(), false);
                }
            }
            var id = new IdType("DocumentReference", Integer.toString(kept.size() + 1), "1");
            picture.setId(id);
            if (shrinks) {
                picture.getContentFirstRep().getAttachment().setData(new byte[] {1});
            }
            kept.put(id.getIdPart(), picture);
            return new MethodOutcome(id, true);
        }

        @Read
        public synchronized DocumentReference read(@IdParam IdType id) {
            var found = kept.get(id.getIdPart());
            if (found == null) {
                throw new ResourceNotFoundException(id);
            }
            return found;
        }

        synchronized List<DocumentReference> list() {
            return List.copyOf(kept.values());
        }
    }
}
