package lanyard.standards.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.StructureDefinition;
import tools.jackson.databind.JsonNode;

/// The reference validator, for tests only: at run time it would cost 300 MB (reference: stack, section 7).
/// It takes seconds to start, so one is shared.
public final class FhirValidator {
    private static final class Shared {
        static final FhirContext CONTEXT = FhirContext.forR4();
        static final ca.uhn.fhir.validation.FhirValidator PLAIN = validator();
        static final Map<Path, ca.uhn.fhir.validation.FhirValidator> WITH_PROFILES = new ConcurrentHashMap<>();
    }

    /// What our documents are made of: each profile more takes the validator a second.
    private static final Pattern OF_DOCUMENTS = Pattern.compile(
            ".*(Extension|Bundle|Communication|Composition|Organization|Patient|Practitioner|PractitionerRole|Provenance).*\\.xml");

    private FhirValidator() {}

    /// What is wrong with `resource` by FHIR R4 itself.
    public static List<String> errors(JsonNode resource) {
        return errors(Shared.PLAIN, resource.toString(), null);
    }

    /// What is wrong with `resource` by a profile of `directory` too.
    public static List<String> errors(JsonNode resource, Path directory, String profile) {
        var validator = Shared.WITH_PROFILES.computeIfAbsent(directory, at -> validator(profiles(at)));
        return errors(validator, resource.toString(), profile);
    }

    private static List<String> errors(
            ca.uhn.fhir.validation.FhirValidator validator,
            String json,
            @org.jspecify.annotations.Nullable String profile) {
        var options = new ca.uhn.fhir.validation.ValidationOptions();
        if (profile != null) {
            options.addProfile(profile);
        }
        return validator.validateWithResult(json, options).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
                .map(message -> message.getLocationString() + ": " + message.getMessage())
                .toList();
    }

    private static ca.uhn.fhir.validation.FhirValidator validator(IValidationSupport... more) {
        var context = Shared.CONTEXT;
        var supports = Stream.concat(
                        Stream.of(
                                new DefaultProfileValidationSupport(context),
                                new InMemoryTerminologyServerValidationSupport(context),
                                new CommonCodeSystemsTerminologyService(context)),
                        Stream.concat(Arrays.stream(more), Stream.of(new SnapshotGeneratingValidationSupport(context))))
                .toArray(IValidationSupport[]::new);
        var validator = context.newValidator();
        validator.registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(supports)));
        return validator;
    }

    private static IValidationSupport profiles(Path directory) {
        var support = new PrePopulatedValidationSupport(Shared.CONTEXT);
        try (var files = Files.list(directory)) {
            files.filter(file ->
                            OF_DOCUMENTS.matcher(file.getFileName().toString()).matches())
                    .forEach(file -> support.addStructureDefinition(
                            Shared.CONTEXT.newXmlParser().parseResource(StructureDefinition.class, text(file))));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return support;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
