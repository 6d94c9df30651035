package lanyard.trust.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lanyard.standards.matrix.ServerName;
import lanyard.standards.matrix.UserId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNamesTest {
    private static final ServerName HERE = new ServerName("trust.example");

    @ParameterizedTest
    @CsvSource({
        "amara.okafor, @amara.okafor:trust.example",
        "Amara.Okafor, @amara.okafor:trust.example",
        "@amara.okafor, @amara.okafor:trust.example",
        "@amara.okafor:trust.example, @amara.okafor:trust.example",
        "amara.okafor:trust.example, @amara.okafor:trust.example",
        "@sam:other.example, @sam:other.example",
        "@Old.Name:trust.example, @Old.Name:trust.example",
    })
    void aUserNameAndAWholeUserIdAreTheSamePerson(String typed, String user) {
        assertThat(UserNames.read(typed, HERE, "user")).isEqualTo(new UserId(user));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Amara Okafor", "amara@trust.example", "@", ":", "@:trust.example", "@amara:", "ámara", "a b:c"})
    void whatIsNeitherIsRefusedWithHowItIsTyped(String typed) {
        assertThatThrownBy(() -> UserNames.read(typed, HERE, "person"))
                .isInstanceOfSatisfying(ConsoleRefusal.class, refusal -> {
                    assertThat(refusal.fields()).containsExactly("person");
                    assertThat(refusal.sentence())
                            .isEqualTo("Type a user name, for example amara.okafor, or a whole user id, for example"
                                    + " @amara.okafor:trust.example.");
                });
    }
}
