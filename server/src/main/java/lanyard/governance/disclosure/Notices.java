package lanyard.governance.disclosure;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import lanyard.governance.disclosure.SearchStore.Covert;
import lanyard.messaging.timeline.MembershipHistory;
import lanyard.messaging.timeline.MembershipHistory.Stay;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;

/// Who is told of a search. Participants see date and kind, never who asked; the data protection officer has each
/// unsealing on a list, and each look into what was sealed, but of cases in which they have a part themselves.
///
/// What could go wrong: people are watched and never learn of it. So silence always has an end: a deferral for
/// safeguarding is decided by the Caldicott guardian and lasts at most [#LONGEST_DEFERRAL]; a covert search needs
/// suspected serious wrongdoing, the data protection officer's advice and the senior information risk owner's approval,
/// three people, once in a case and for at most [#LONGEST_COVERT].
public final class Notices {
    static final Duration LONGEST_DEFERRAL = Duration.ofDays(180);
    static final Duration LONGEST_COVERT = Duration.ofDays(28);

    /// Who looks at what was looked into.
    static final Set<Duty> OFFICERS = Set.of(Duty.DATA_PROTECTION_OFFICER, Duty.SIRO);

    private static final Duration REMEMBERED = Duration.ofDays(3 * 365);

    private final CaseDesk desk;
    private final Searching searching;
    private final MembershipHistory history = new MembershipHistory();
    private final UnsealingStore unsealings = new UnsealingStore();

    Notices(CaseDesk desk, Searching searching) {
        this.desk = desk;
        this.searching = searching;
    }

    /// That conversations of a participant's were searched.
    ///
    /// @param kind of the case, as [CaseKind#word]
    /// @param what `metadata` or `content`
    public record Notice(LocalDate day, String kind, String what) {}

    /// What the person may see of searches of conversations while they were in them; the newest first.
    List<Notice> list(UserId user) {
        var now = desk.ground().clock().instant();
        return desk.ground().database().read(tx -> {
            var stays = history.listOf(tx, user, 0, now.toEpochMilli());
            var rooms = stays.stream().map(Stay::room).distinct().toList();
            var notices = new LinkedHashMap<String, Notice>();
            searching.store().listTold(tx, rooms, now).stream()
                    .filter(seen -> seen.at().isAfter(now.minus(REMEMBERED)))
                    .filter(seen -> stays.stream().anyMatch(stay -> Conflicts.meet(seen.span(), stay)))
                    .forEach(seen -> notices.putIfAbsent(
                            seen.search(), new Notice(Timing.day(seen.at()), seen.kind(), seen.what())));
            return List.copyOf(notices.values());
        });
    }

    /// Participants are not told until then, because it would prejudice safeguarding.
    public void defer(Caller caller, CaseId id, Instant until, String reason) {
        var why = CaseDesk.reason(reason);
        requireWithin(until, LONGEST_DEFERRAL);
        desk.step(caller, id, Set.of(Duty.CALDICOTT_GUARDIAN), (commit, _) -> {
            desk.store().quiet(commit.tx(), id, until);
            return new CaseDesk.Step("case.notice_deferred", why, Json.object().put("until", until.toString()));
        });
    }

    private void requireWithin(Instant until, Duration longest) {
        var now = desk.ground().clock().instant();
        if (!until.isAfter(now) || until.isAfter(now.plus(longest))) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "It ends within " + longest.toDays() + " days from now.");
        }
    }

    /// Asks that a case of suspected serious wrongdoing be worked on without telling.
    public void askCovert(Caller caller, CaseId id, String grounds) {
        var words = CaseDesk.reason(grounds);
        desk.step(caller, id, Cases.WORKERS, (commit, _) -> {
            if (searching.store().covert(commit.tx(), id).isPresent()) {
                throw CaseDesk.badState("A case is covert once. Participants are told when that has ended.");
            }
            var now = desk.ground().clock().instant();
            searching.store().askCovert(commit.tx(), id, caller.user(), words, now);
            return new CaseDesk.Step("case.covert_asked", words);
        });
    }

    /// The data protection officer's advice, whatever it is.
    public void adviseCovert(Caller caller, CaseId id, String advice) {
        var words = CaseDesk.reason(advice);
        desk.step(caller, id, Set.of(Duty.DATA_PROTECTION_OFFICER), (commit, _) -> {
            var covert = asked(commit.tx(), id);
            requireAnother(caller.user(), covert.askedBy());
            var now = desk.ground().clock().instant();
            searching.store().adviseCovert(commit.tx(), id, caller.user(), words, now);
            return new CaseDesk.Step("case.covert_advised", words);
        });
    }

    /// The senior information risk owner's approval, with its end.
    public void approveCovert(Caller caller, CaseId id, Instant until, String reason) {
        var why = CaseDesk.reason(reason);
        requireWithin(until, LONGEST_COVERT);
        desk.step(caller, id, Set.of(Duty.SIRO), (commit, _) -> {
            var covert = asked(commit.tx(), id);
            var adviser = covert.advisedBy()
                    .orElseThrow(() -> CaseDesk.badState("First the data protection officer gives their advice."));
            requireAnother(caller.user(), covert.askedBy());
            requireAnother(caller.user(), adviser);
            var now = desk.ground().clock().instant();
            searching.store().approveCovert(commit.tx(), id, caller.user(), now, until);
            return new CaseDesk.Step("case.covert_approved", why, Json.object().put("until", until.toString()));
        });
    }

    /// How far three people have come with it, if anybody has asked.
    Optional<Covert> covert(CaseId id) {
        return desk.ground().database().read(tx -> searching.store().covert(tx, id));
    }

    private Covert asked(Tx tx, CaseId id) {
        return searching
                .store()
                .covert(tx, id)
                .filter(covert -> covert.until().isEmpty())
                .orElseThrow(() -> CaseDesk.badState("Nobody is asking for this case to be covert."));
    }

    private void requireAnother(UserId user, UserId other) {
        if (desk.conflicts().isSame(user, other)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "A covert case takes three people: who asks, who advises and who approves.");
        }
    }

    /// An unsealing begins, which the data protection officer is told of whether anybody searches in it or not.
    void began(Commit commit, Case found, UserId by) {
        var bytes = new byte[12];
        desk.ground().random().nextBytes(bytes);
        var now = desk.ground().clock().instant();
        var began = new UnsealingStore.Began(HexFormat.of().formatHex(bytes), found.id(), now, by);
        unsealings.add(commit.tx(), found.organization(), began);
    }

    /// Unsealings that wait for the data protection officer to see them.
    List<UnsealingStore.Began> listBegun(Caller caller) {
        return told(caller, tx -> unsealings.listUnnoticed(tx, caller.organization()), UnsealingStore.Began::about);
    }

    /// How many unsealings and looks wait for the data protection officer.
    int countForOfficer(Caller caller) {
        return listBegun(caller).size() + listForOfficer(caller).size();
    }

    /// What waits for the data protection officer to see: looks into what was sealed.
    public List<Searching.Past> listForOfficer(Caller caller) {
        return told(caller, tx -> searching.store().listUnnoticed(tx, caller.organization()), Searching.Past::about);
    }

    private <T> List<T> told(Caller caller, Function<Tx, List<T>> waiting, Function<T, CaseId> about) {
        desk.others().identity().duties().require(caller, OFFICERS);
        var known = new HashMap<CaseId, Boolean>();
        return desk.ground().database().read(waiting).stream()
                .filter(one -> known.computeIfAbsent(about.apply(one), id -> isTold(caller.user(), id)))
                .toList();
    }

    /// Nobody is told of a look into their own affair. Where that, or a vacancy, leaves no data protection officer, the
    /// senior information risk owner is told instead.
    private boolean isTold(UserId user, CaseId id) {
        return desk.find(id)
                .filter(about -> !hasPart(about, user))
                .filter(about -> desk.others().identity().duties().of(user).contains(Duty.DATA_PROTECTION_OFFICER)
                        || hasNoOfficer(about))
                .isPresent();
    }

    private boolean hasNoOfficer(Case about) {
        return desk.others().identity().duties().holders(about.organization(), Duty.DATA_PROTECTION_OFFICER).stream()
                .allMatch(officer -> hasPart(about, officer));
    }

    private boolean hasPart(Case about, UserId user) {
        var accounts = desk.conflicts().accountsOf(user);
        return desk.ground().database().read(tx -> desk.conflicts().hasPart(tx, about, accounts));
    }

    /// The data protection officer has seen it, a look or an unsealing. Errors: `M_NOT_FOUND`, also for what is not on
    /// the caller's list.
    public void noticed(Caller caller, String search) {
        var listed = Stream.concat(
                listBegun(caller).stream().map(UnsealingStore.Began::id),
                listForOfficer(caller).stream().map(Searching.Past::id));
        if (listed.noneMatch(search::equals)) {
            throw CaseDesk.unknown();
        }
        desk.ground().writer().write(commit -> {
            var now = desk.ground().clock().instant();
            var id = searching
                    .store()
                    .notice(commit.tx(), caller.organization(), search, caller.user(), now)
                    .or(() -> unsealings.notice(commit.tx(), caller.organization(), search, caller.user(), now))
                    .orElseThrow(CaseDesk::unknown);
            var _ = desk.store().lock(commit.tx(), id).orElseThrow(CaseDesk::unknown);
            var details = Json.object().put("search", search);
            desk.note(commit, id, caller.user(), new CaseDesk.Step("case.officer_noticed", "", details));
            return true;
        });
    }
}
