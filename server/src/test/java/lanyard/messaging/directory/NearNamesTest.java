package lanyard.messaging.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {
    private static final NearNames NEAR = new NearNames(Nicknames.load());

    @ParameterizedTest
    @CsvSource({
        "Mohammed Khan, Muhammad Khan",
        "Mohammed Khan, Mohamed Kahn",
        "Ann Jones, Anne Jones",
        "J Smith, J Smith",
        "Smith J, John Smith",
        "John Smith, Jon Smyth",
        "Amara Okafor, Amarah Okafor",
        "David Lewis, Lewis David",
        "Chen Wei, Wei Chen",
        "Siân Rhys, Sian Rees",
        "Łukasz Wójcik, Lukasz Wojcik",
        "Agnieszka Żółć, Agnieszka Zolc",
        "Geraint Llŷr, Geraint Llyr",
        "Bob Taylor, Robert Taylor",
        "Dr Sarah Jane Evans, Sarah Evans",
        "Catherine O'Brien, Katherine OBrien",
        "Fiona MacDonald, Fiona Mac Donald",
        "Steven Clarke, Stephen Clark",
        "Tom Price, Tim Price",
        "Priya Patel, Priya Patell",
        "Ioan Huws, Ian Hughes",
        "Yusuf Demir, Yousef Demir"
    })
    void nearNamesWarn(String one, String other) {
        assertThat(NEAR.areNear(NameTokens.of(one), NameTokens.of(other))).isTrue();
        assertThat(NEAR.areNear(NameTokens.of(other), NameTokens.of(one))).isTrue();
        assertThat(Collections.disjoint(NEAR.keys(NameTokens.of(one)), NEAR.keys(NameTokens.of(other))))
                .as("near names share a key")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Ann Jones, Ann Smith",
        "John Smith, Jane Smith",
        "Amara Okafor, Chidi Okafor",
        "Priya Patel, Pritesh Patel",
        "Mohammed Khan, Mohammed Iqbal",
        "Sarah Evans, Sandra Owens",
        "David Lewis, David Bowen-Price",
        "Grace Mensah, Kofi Mensah",
        "Tom Price, Kim Price",
        "J Smith, J Brown",
        "Wei Chen, Li Cheng",
        "Khan, Mohammed Khan"
    })
    void unlikeNamesAreSilent(String one, String other) {
        assertThat(NEAR.areNear(NameTokens.of(one), NameTokens.of(other))).isFalse();
    }
}
