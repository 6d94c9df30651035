package lanyard.standards.fhir;

import tools.jackson.databind.node.ObjectNode;

/// What a document bundle may hold. <https://hl7.org/fhir/R4/resource.html>
public sealed interface Resource
        permits Communication,
                Composition,
                DocumentReference,
                OperationOutcome,
                Organization,
                Patient,
                Practitioner,
                PractitionerRole,
                Provenance {
    ObjectNode toJson();
}
