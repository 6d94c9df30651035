package lanyard.messaging.membership;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.room.ReviewStanding;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Person;

/// Who reviews a conversation's membership: its owner, its deputy and, once it is due, who leads the owner's ward. A
/// ward lead sees who is in it and why, and none of its messages.
final class Reviewers {
    private static final Set<String> LEADS =
            Set.of("ward manager", "ward sister", "charge nurse", "matron", "senior sister", "senior charge nurse");
    private static final int MOST = 500;

    private final MembershipParts parts;

    Reviewers(MembershipParts parts) {
        this.parts = parts;
    }

    /// As what somebody reviews a conversation.
    enum As {
        OWNER,
        DEPUTY,
        WARD_LEAD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Asked(Conversation conversation, As as) {}

    Optional<As> as(UserId user, Conversation conversation) {
        if (conversation.owner().equals(user)) {
            return Optional.of(As.OWNER);
        }
        if (conversation.deputy().filter(user::equals).isPresent()) {
            return Optional.of(As.DEPUTY);
        }
        var due = conversation.standing().compareTo(ReviewStanding.DUE) >= 0;
        return due && leads(user, conversation) ? Optional.of(As.WARD_LEAD) : Optional.empty();
    }

    private boolean leads(UserId user, Conversation conversation) {
        var ward = wardOf(conversation);
        return parts.identity()
                .people()
                .find(user)
                .filter(person -> person.organization().equals(conversation.organization()))
                .filter(person -> isLead(person, ward))
                .isPresent();
    }

    private String wardOf(Conversation conversation) {
        return parts.identity()
                .people()
                .find(conversation.owner())
                .map(Person::ward)
                .orElse("");
    }

    private static boolean isLead(Person person, String ward) {
        return !ward.isEmpty() && person.ward().equals(ward) && isLead(person);
    }

    private static boolean isLead(Person person) {
        return LEADS.contains(person.role().toLowerCase(Locale.ROOT)) && !person.isOutsider();
    }

    private List<Person> leads(String organization) {
        return parts.identity().people().listStaff(organization).stream()
                .filter(Reviewers::isLead)
                .toList();
    }

    /// Whom the next reminder is for: the owner, and once it is due everybody who may review. Not within a deed.
    ///
    /// @param known who leads a ward, by organisation, as far as it was asked already
    List<UserId> told(Conversation conversation, Map<String, List<Person>> known) {
        var told = new LinkedHashSet<>(List.of(conversation.owner()));
        if (conversation.standing().compareTo(ReviewStanding.DUE) >= 0) {
            conversation.deputy().ifPresent(told::add);
            var ward = wardOf(conversation);
            known.computeIfAbsent(conversation.organization(), this::leads).stream()
                    .filter(person -> isLead(person, ward))
                    .map(Person::id)
                    .forEach(told::add);
        }
        return List.copyOf(told);
    }

    /// What somebody is asked to review: their own conversations, and as ward lead what is overdue on their ward.
    List<Asked> asked(Person person, List<Conversation> mine) {
        var asked = new ArrayList<Asked>();
        mine.forEach(one -> as(person.id(), one).ifPresent(as -> asked.add(new Asked(one, as))));
        if (LEADS.contains(person.role().toLowerCase(Locale.ROOT))) {
            var overdue = Map.of(ReviewStanding.DUE, Long.MAX_VALUE, ReviewStanding.URGENT_ONLY, Long.MAX_VALUE);
            parts.rooms().listBehind(person.organization(), overdue, MOST).stream()
                    .filter(one -> !mine.contains(one))
                    .forEach(one -> as(person.id(), one).ifPresent(as -> asked.add(new Asked(one, as))));
        }
        return asked;
    }
}
