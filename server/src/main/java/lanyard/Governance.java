package lanyard;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import lanyard.governance.carerecord.AfterFolder;
import lanyard.governance.carerecord.CareRecord;
import lanyard.governance.carerecord.CareRecordGround;
import lanyard.governance.carerecord.CareRecordSettings;
import lanyard.governance.carerecord.FhirServer;
import lanyard.governance.carerecord.FhirSink;
import lanyard.governance.carerecord.FolderSink;
import lanyard.governance.carerecord.PasteSink;
import lanyard.governance.carerecord.RecordSink;
import lanyard.governance.custodian.Custodian;
import lanyard.governance.custodian.CustodianParts;
import lanyard.governance.disclosure.Cases;
import lanyard.governance.disclosure.CasesGround;
import lanyard.governance.minimise.MinimiseParts;
import lanyard.governance.minimise.Minimising;
import lanyard.governance.misdirection.MisdirectionParts;
import lanyard.governance.misdirection.Misdirections;
import lanyard.governance.retention.Retention;
import lanyard.governance.retention.RetentionGround;
import lanyard.governance.review.ReviewParts;
import lanyard.governance.review.Reviews;
import lanyard.platform.Feature;
import lanyard.platform.blob.Blobs;

/// The governance layer.
record Governance(
        Custodian custodian,
        CareRecord careRecord,
        Retention retention,
        Cases cases,
        Reviews reviews,
        Misdirections misdirections,
        Minimising minimising) {
    static Governance build(Ground ground, Messaging messaging, Running running) {
        var trust = ground.trust();
        var parts = new CustodianParts.Ground(
                ground.database(),
                ground.writer(),
                ground.keys(),
                ground.clock(),
                ground.given().random());
        var custodian = new Custodian(
                new CustodianParts(parts, trust.audit(), messaging.timeline(), messaging.encryption()),
                Optional.of(new Custodian.Shown(trust.console(), Demonstration.sharesIn(ground.settings()))));
        messaging
                .rest()
                .messages()
                .stands(custodian.gate(
                        organization -> trust.policies().of(organization).custodianNeeded()));
        running.add(custodian::close);
        var careRecord = careRecord(ground, messaging, running);
        messaging.rest().membership().keptOpenBy((commit, room) -> careRecord.isAwaited(commit.tx(), room));
        var retention = new Retention(
                new RetentionGround(
                        ground.database(),
                        ground.writer(),
                        trust.audit(),
                        ground.clock(),
                        ground.given().random(),
                        ground.settings().data().resolve("keys")),
                new Retention.Others(
                        careRecord, trust.holds(), trust.policies(), ground.identity(), custodian.forgetting()),
                new Retention.Conversations(
                        messaging.timeline(),
                        messaging.rooms(),
                        messaging.marks(),
                        messaging.patients(),
                        messaging.rest().media()));
        careRecord.tells(retention::fileIsInRecord);
        retention.shownIn(trust.console());
        messaging.rest().administration().asks(retention.roomEnd(), retention.fileEnd());
        var cases = cases(ground, messaging);
        custodian.officersKnownBy(new OfficersKnown(ground.identity(), trust.passkeys(), cases));
        return new Governance(
                custodian,
                careRecord,
                retention,
                cases,
                reviews(ground, messaging, custodian, cases),
                misdirections(ground, messaging),
                minimising(ground, messaging));
    }

    private static Misdirections misdirections(Ground ground, Messaging messaging) {
        var trust = ground.trust();
        return new Misdirections(new MisdirectionParts(
                new MisdirectionParts.Ground(
                        ground.database(),
                        ground.writer(),
                        ground.keys(),
                        ground.clock(),
                        ground.given().random()),
                new MisdirectionParts.Trust(ground.identity(), trust.audit(), trust.console(), trust.holds()),
                new MisdirectionParts.Conversations(
                        messaging.timeline(), messaging.marks(), messaging.rooms(), messaging.patients())));
    }

    private static Minimising minimising(Ground ground, Messaging messaging) {
        var trust = ground.trust();
        var rest = messaging.rest();
        var minimising = new Minimising(new MinimiseParts(
                        new MinimiseParts.Ground(ground.database(), ground.writer(), ground.clock()),
                        new MinimiseParts.Trust(ground.identity(), trust.policies(), trust.audit()),
                        new MinimiseParts.Told(
                                messaging.timeline(), rest.account().accountData(), rest.push())))
                .shownOn(trust.console());
        // Test suites of Matrix know nothing of an induction.
        if (!ground.settings().conformance()) {
            messaging.rooms().beginBy(minimising.induction()::mayBegin);
        }
        return minimising;
    }

    private static Reviews reviews(Ground ground, Messaging messaging, Custodian custodian, Cases cases) {
        var reviews = new Reviews(new ReviewParts(
                new ReviewParts.Ground(
                        ground.database(),
                        ground.writer(),
                        ground.keys(),
                        Blobs.in(ground.settings().data().resolve("cases"), ground.keys()),
                        ground.clock(),
                        ground.given().random()),
                new ReviewParts.Others(
                        cases,
                        custodian.unsealing(),
                        ground.identity(),
                        ground.trust().console()),
                new ReviewParts.Conversations(
                        messaging.timeline(),
                        messaging.marks(),
                        messaging.rooms(),
                        messaging.rest().media(),
                        messaging.patients())));
        cases.keptBy(reviews);
        return reviews;
    }

    private static Cases cases(Ground ground, Messaging messaging) {
        var trust = ground.trust();
        return new Cases(
                        new CasesGround(
                                ground.database(),
                                ground.writer(),
                                ground.keys(),
                                trust.audit(),
                                ground.clock(),
                                ground.given().random()),
                        new Cases.Others(
                                ground.identity(),
                                trust.holds(),
                                messaging.patients(),
                                messaging.rooms(),
                                messaging.timeline()))
                .shownOn(trust.console());
    }

    private static CareRecord careRecord(Ground ground, Messaging messaging, Running running) {
        var trust = ground.trust();
        var atOnce = Executors.newVirtualThreadPerTaskExecutor();
        running.add(atOnce::close);
        var random = ground.given().random();
        return new CareRecord(
                        new CareRecordGround(
                                ground.database(),
                                ground.writer(),
                                ground.keys(),
                                trust.audit(),
                                ground.clock(),
                                random,
                                Blobs.in(ground.settings().data().resolve("record-images"), ground.keys()),
                                ground.settings().data().resolve("keys")),
                        new CareRecordSettings(
                                sink(ground.settings().record(), running),
                                CareRecordSettings.USUAL_TYPE,
                                ground.settings().record().communications(),
                                atOnce,
                                random),
                        new CareRecord.Others(
                                ground.identity(),
                                messaging.patients(),
                                trust.policies(),
                                trust.holds(),
                                messaging.timeline(),
                                messaging.rooms()))
                .shownOn(trust.console());
    }

    static Function<String, RecordSink> sink(Settings.CareRecordSettings settings, Running running) {
        var folder = new FolderSink(settings.directory());
        if (settings.byHand()) {
            var paste = new AfterFolder(new PasteSink(), folder);
            return organization -> paste;
        }
        if (settings.fhirUrl().isEmpty()) {
            return organization -> folder;
        }
        var server = new FhirServer(settings.fhirUrl().get(), settings.fhirAuthorization(), FhirServer.USUAL_PATIENCE);
        var fhir = new FhirSink(server);
        running.add(fhir::close);
        var record = new AfterFolder(fhir, folder);
        return organization -> record;
    }

    Stream<Feature> features() {
        return List.of(custodian, careRecord, retention, cases, reviews, misdirections, minimising).stream();
    }
}
