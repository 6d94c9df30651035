package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Which accounts are one person's: what every rule that takes two people asks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamePersonTest {
    private final TestIdentity ground = TestIdentity.start();

    @AfterAll
    void close() {
        ground.close();
    }

    private UserId registered(String localpart, String body, String registration) {
        return ground.person(localpart, localpart, new NewPerson.Post("Clerk", "Office", body, registration));
    }

    private UserId numbered(UserId user, String number) {
        return ground.writer.write(commit -> {
            ground.identity.people().number(commit, user, number);
            return user;
        });
    }

    private UserId numbered(String localpart, String number) {
        return numbered(registered(localpart, "", ""), number);
    }

    private Set<UserId> accountsOf(UserId user) {
        return ground.identity.people().accountsOf(user);
    }

    @Test
    @Rule("G17")
    void accountsAreFollowedFromOneToTheNextHoweverManyThereAre() {
        var first = registered("first", "NMC", "18C0001E");
        var second = numbered(registered("second", "NMC", "18C0001E"), "5001");
        var third = numbered(registered("third", "GMC", "7100001"), "5001");
        var fourth = numbered(registered("fourth", "GMC", "7100001"), "5002");
        var fifth = numbered("fifth", "5002");
        registered("stranger", "NMC", "18C0002E");
        for (var account : List.of(first, second, third, fourth, fifth)) {
            assertThat(accountsOf(account)).containsExactlyInAnyOrder(first, second, third, fourth, fifth);
        }
    }

    @Test
    @Rule("G17")
    void c15ASecondAccountIsKnownByTheStaffNumberWhereThereIsNoRegister() {
        var clerk = registered("clerk", "", "");
        var again = registered("clerk2", "", "");
        assertThat(accountsOf(clerk)).containsExactly(clerk);
        numbered(clerk, "4711");
        numbered(again, "4711");
        assertThat(accountsOf(clerk)).containsExactlyInAnyOrder(clerk, again);
    }

    @Test
    @Rule("G17")
    void whatStandsInTheFieldForWantOfANumberMakesNoStrangersOnePerson() {
        var words = List.of(
                "0",
                "N/A",
                "n.a.",
                "unknown",
                "000000",
                "-",
                "none",
                "TBC",
                "xxx",
                "999999",
                "?",
                "123456",
                "not applicable",
                "Dim",
                "agency");
        IntStream.range(0, words.size()).forEach(each -> {
            var word = words.get(each);
            var one = numbered("one" + each, word);
            numbered("other" + each, word);
            var nurse = registered("nurse" + each, "NMC", word);
            registered("midwife" + each, "NMC", word);
            assertThat(accountsOf(one)).as("staff number %s", word).containsExactly(one);
            assertThat(accountsOf(nurse)).as("registration %s", word).containsExactly(nurse);
        });
    }

    /// In doubt it is one person, or somebody would be their own second one.
    @Test
    @Rule("G17")
    void anotherSpellingOfOneNumberIsTheSamePerson() {
        var spelt = List.of("4712-a", "4712A", " 004712a", "4712 A");
        var people = IntStream.range(0, spelt.size())
                .mapToObj(each -> numbered("spelt" + each, spelt.get(each)))
                .toList();
        assertSame(people);
        assertSame(List.of(
                registered("nmc", "NMC", "18D0001E"),
                registered("small", "nmc", "18d 0001e"),
                registered("unsaid", "", "18D0001E")));
        assertSame(List.of(numbered("short", "7"), numbered("short.too", "7")));
        assertSame(List.of(numbered("pair", "77"), numbered("pair.too", "77")));
    }

    private void assertSame(Collection<UserId> people) {
        assertThat(accountsOf(people.iterator().next())).containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void oneNumberInTwoRegistersIsTwoPeople() {
        var doctor = registered("doctor", "GMC", "2012345");
        registered("pharmacist", "GPhC", "2012345");
        assertThat(accountsOf(doctor)).containsExactly(doctor);
    }
}
