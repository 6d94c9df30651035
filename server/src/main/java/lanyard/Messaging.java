package lanyard;

import java.util.stream.Stream;
import lanyard.messaging.account.Account;
import lanyard.messaging.account.AccountParts;
import lanyard.messaging.account.AccountSettings;
import lanyard.messaging.admin.AdminParts;
import lanyard.messaging.admin.Administration;
import lanyard.messaging.directory.Directory;
import lanyard.messaging.directory.DirectoryParts;
import lanyard.messaging.encryption.Encryption;
import lanyard.messaging.encryption.EncryptionParts;
import lanyard.messaging.forward.ForwardParts;
import lanyard.messaging.forward.Forwards;
import lanyard.messaging.media.Media;
import lanyard.messaging.media.MediaParts;
import lanyard.messaging.membership.Membership;
import lanyard.messaging.membership.MembershipParts;
import lanyard.messaging.oncall.OnCall;
import lanyard.messaging.oncall.OnCallParts;
import lanyard.messaging.patient.PatientGround;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.push.Push;
import lanyard.messaging.push.PushParts;
import lanyard.messaging.report.ReportParts;
import lanyard.messaging.report.Reports;
import lanyard.messaging.room.RoomParts;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.room.RoomsOnPhones;
import lanyard.messaging.sync.Sync;
import lanyard.messaging.sync.SyncParts;
import lanyard.messaging.timeline.AppGate;
import lanyard.messaging.timeline.EditGate;
import lanyard.messaging.timeline.Messages;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.Timeline;
import lanyard.messaging.timeline.TimelineParts;
import lanyard.messaging.timeline.Typing;
import lanyard.messaging.urgent.Urgent;
import lanyard.messaging.urgent.UrgentParts;
import lanyard.platform.Feature;
import lanyard.platform.blob.Blobs;

/// The messaging layer, built in the order in which its features need each other.
record Messaging(Timeline timeline, ReadMarks marks, Rooms rooms, Encryption encryption, Patients patients, Rest rest) {
    /// What nothing above asks.
    record Rest(
            Messages messages,
            Account account,
            Push push,
            Media media,
            Reports reports,
            Administration administration,
            Directory directory,
            Forwards forwards,
            Sync sync,
            Membership membership,
            OnCall onCall,
            Urgent urgent) {}

    static Messaging build(Ground ground, Running running) {
        var identity = ground.identity();
        var conformance = ground.settings().conformance();
        var timeline = new Timeline(
                new TimelineParts(ground.database(), ground.writer(), ground.keys(), ground.wakes(), ground.clock()));
        var apps = new AppGate(timeline);
        identity.gateApps(apps::check);
        ground.trust().handsets().gate().clinical(apps::namesClinicalRoom);
        var marks = new ReadMarks(timeline);
        running.add(marks::close);
        var rooms = new Rooms(new RoomParts(
                ground.database(),
                ground.writer(),
                timeline,
                identity.people(),
                identity,
                ground.trust().audit(),
                ground.clock(),
                conformance));
        ground.trust().handsets().showRooms(new RoomsOnPhones(rooms, timeline));
        var encryption = new Encryption(new EncryptionParts(
                ground.database(), ground.writer(), timeline, identity, ground.wakes(), ground.clock()));
        var patients = new Patients(
                new PatientGround(
                        ground.database(),
                        ground.writer(),
                        ground.keys(),
                        ground.trust().audit(),
                        ground.clock(),
                        ground.given().random()),
                identity,
                timeline,
                rooms);
        identity.keepNamesOf((tx, user) -> ground.trust().holds().covers(tx, patients.doomed(tx, user)));
        return new Messaging(
                timeline,
                marks,
                rooms,
                encryption,
                patients,
                rest(ground, timeline, new Reading(marks, rooms, encryption, patients), running));
    }

    /// What reading a room stands on.
    private record Reading(ReadMarks marks, Rooms rooms, Encryption encryption, Patients patients) {}

    private static Rest rest(Ground ground, Timeline timeline, Reading reading, Running running) {
        var marks = reading.marks();
        var encryption = reading.encryption();
        var identity = ground.identity();
        var typing = new Typing(timeline);
        var account = account(ground, timeline);
        reading.rooms().askNobody(account.accountData()::blocksInvites);
        var push = push(ground, timeline, marks, account);
        running.add(push::close);
        var sync = new Sync(new SyncParts(
                timeline,
                marks,
                push,
                typing,
                account.accountData(),
                account.filters(),
                encryption,
                identity,
                ground.trust().policies(),
                new SyncParts.Clockwork(ground.writer(), ground.wakes(), ground.clock())));
        // Whoever waits is asked again whether their phone may.
        ground.trust().policies().whenChanged(ground.wakes()::wakeAll);
        var messages = new Messages(timeline, marks, account.accountData()::markFullyRead, typing, identity);
        limitEdits(ground, timeline, messages);
        var media = media(ground);
        var reports = reports(ground, timeline);
        var administration =
                administration(ground, new AdminParts.Shown(timeline, reading.rooms(), identity, media, reports));
        var directory = directory(ground, timeline, media);
        var forwards = forwards(ground, timeline, reading);
        var membership = membership(ground, reading.rooms(), timeline, account);
        messages.stands(membership.gate());
        var onCall = onCall(ground, account);
        directory.availability(onCall::availability);
        var urgent = urgent(ground, timeline, reading, new Told(account, push, onCall, membership));
        return new Rest(
                messages,
                account,
                push,
                media,
                reports,
                administration,
                directory,
                forwards,
                sync,
                membership,
                onCall,
                urgent);
    }

    private static Directory directory(Ground ground, Timeline timeline, Media media) {
        var memberships = timeline.memberships();
        var directory = new Directory(new DirectoryParts(
                ground.identityGround(), ground.identity(), memberships::shared, memberships::beside, media::portrait));
        ground.trust().scim().photographs(directory.photographs());
        return directory.shownOn(ground.trust().console());
    }

    private static void limitEdits(Ground ground, Timeline timeline, Messages messages) {
        // The specification lets anybody edit at any time, and clients ignore what is not theirs.
        if (!ground.settings().conformance()) {
            var policies = ground.trust().policies();
            messages.stands(new EditGate(
                    timeline,
                    organization -> policies.of(organization).everyday().editWithin(),
                    ground.clock()));
        }
    }

    private static Forwards forwards(Ground ground, Timeline timeline, Reading reading) {
        return new Forwards(new ForwardParts(
                ground.database(),
                ground.writer(),
                timeline,
                reading.rooms(),
                reading.patients(),
                ground.identity(),
                ground.trust().audit()));
    }

    private static Membership membership(Ground ground, Rooms rooms, Timeline timeline, Account account) {
        var trust = ground.trust();
        return new Membership(new MembershipParts(
                ground.database(),
                ground.writer(),
                timeline,
                rooms,
                account.accountData(),
                new MembershipParts.Trust(ground.identity(), trust.policies(), trust.audit()),
                ground.clock()));
    }

    /// Who tells people that something is urgent, and whom.
    private record Told(Account account, Push push, OnCall onCall, Membership membership) {}

    private static Urgent urgent(Ground ground, Timeline timeline, Reading reading, Told told) {
        var urgent = new Urgent(new UrgentParts(
                new UrgentParts.Ground(
                        ground.database(),
                        ground.writer(),
                        ground.clock(),
                        ground.given().random()),
                new UrgentParts.Conversations(timeline, reading.marks(), reading.rooms(), told.membership()),
                new UrgentParts.Others(
                        ground.identity(),
                        ground.trust().policies(),
                        told.onCall(),
                        told.account().accountData(),
                        told.push())));
        told.membership().urgentGoes(urgent::announced);
        told.membership().keptOpenBy(urgent::waitsIn);
        told.membership().rota(told.onCall()::everybodyNow);
        return urgent;
    }

    private static Push push(Ground ground, Timeline timeline, ReadMarks marks, Account account) {
        return new Push(new PushParts(
                ground.database(),
                ground.writer(),
                timeline,
                marks,
                account.accountData(),
                ground.identity(),
                ground.clock(),
                new PushParts.Secrets(ground.keys(), ground.given().random()),
                ground.settings().push()));
    }

    private static OnCall onCall(Ground ground, Account account) {
        return new OnCall(new OnCallParts(
                        ground.database(),
                        ground.writer(),
                        ground.identity(),
                        ground.trust().audit(),
                        account.accountData(),
                        ground.clock(),
                        ground.given().random()))
                .shownOn(ground.trust().console());
    }

    private static Account account(Ground ground, Timeline timeline) {
        return new Account(new AccountParts(
                ground.database(),
                ground.writer(),
                timeline,
                ground.identity(),
                ground.wakes(),
                new AccountSettings(
                        ground.settings().publicUrl(),
                        ground.settings().conformance(),
                        ground.settings().turn()),
                new AccountParts.Given(ground.clock(), ground.given().random())));
    }

    private static Administration administration(Ground ground, AdminParts.Shown shown) {
        var trust = ground.trust();
        return new Administration(new AdminParts(
                new AdminParts.Ground(
                        ground.database(),
                        ground.writer(),
                        trust.audit(),
                        ground.clock(),
                        ground.given().random()),
                shown,
                ground.settings().registrationSecret().value()));
    }

    private static Reports reports(Ground ground, Timeline timeline) {
        return new Reports(new ReportParts(
                ground.database(),
                ground.writer(),
                timeline,
                ground.identity(),
                ground.trust().audit(),
                ground.keys(),
                ground.clock()));
    }

    private static Media media(Ground ground) {
        var settings = ground.settings();
        return new Media(new MediaParts(
                ground.database(),
                ground.writer(),
                Blobs.in(settings.data().resolve("media"), ground.keys()),
                ground.identity(),
                ground.trust().audit(),
                new MediaParts.Clockwork(
                        ground.clock(), ground.given().random(), settings.media(), !settings.conformance())));
    }

    Stream<Feature> features() {
        return Stream.of(
                rest.messages(),
                rooms,
                encryption,
                patients,
                rest.account(),
                rest.push(),
                rest.media(),
                rest.reports(),
                rest.administration(),
                rest.directory(),
                rest.forwards(),
                rest.sync(),
                rest.membership(),
                rest.onCall(),
                rest.urgent());
    }
}
