package lanyard.governance.carerecord;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import lanyard.governance.carerecord.ConditionalCreate.Wanted;
import lanyard.standards.fhir.DocumentFacts;
import lanyard.standards.fhir.DocumentReference;

/// Any FHIR R4 server. A decision is stored whole, as a document; each of its pictures before it, as a
/// DocumentReference with the picture in it. A decision is there when the document read back is of this patient, by
/// this author and in these words, and a picture when it is the same byte for byte.
public final class FhirSink implements RecordSink, AutoCloseable {
    private static final ConditionalCreate.Type DOCUMENT =
            new ConditionalCreate.Type("Bundle", "decision", BoundedClient.MOST_BYTES);
    private static final ConditionalCreate.Type PICTURE =
            new ConditionalCreate.Type("DocumentReference", "picture", BoundedClient.MOST_IMAGE_BYTES);

    private final BoundedClient client;
    private final ConditionalCreate documents;
    private final ConditionalCreate pictures;

    public FhirSink(FhirServer server) {
        this.client = new BoundedClient(server.patience());
        this.documents = new ConditionalCreate(server, client, DOCUMENT);
        this.pictures = new ConditionalCreate(server, client, PICTURE);
    }

    @Override
    public Kind kind() {
        return Kind.FHIR;
    }

    @Override
    public Outcome deliver(UUID decision, byte[] document) {
        var sent = BoundedClient.json(document).map(DocumentFacts::of).orElseThrow();
        return documents.deliver(new Wanted(decision, document, kept -> sent.differences(DocumentFacts.of(kept))));
    }

    @Override
    public Outcome deliverImage(UUID decision, RecordImage image) {
        var sent = DocumentReference.carrying(image.document(), image.bytes());
        var resource = sent.toString().getBytes(StandardCharsets.UTF_8);
        return pictures.deliver(new Wanted(image.id(), resource, kept -> DocumentReference.differences(sent, kept)));
    }

    @Override
    public void close() {
        client.close();
    }
}
