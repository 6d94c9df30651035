package lanyard.messaging.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// <https://spec.matrix.org/v1.18/appendices/#dot-separated-property-paths>
class PropertyTest {
    @Test
    void dotsSeparateUnlessABackslashSaysOtherwise() {
        assertThat(Property.of("content.body").names()).isEqualTo(List.of("content", "body"));
        assertThat(Property.of("content.m\\.relates_to.rel_type").names())
                .isEqualTo(List.of("content", "m.relates_to", "rel_type"));
        assertThat(Property.of("content.a\\\\.b").names()).isEqualTo(List.of("content", "a\\", "b"));
        assertThat(Property.of("content.a\\b").names()).isEqualTo(List.of("content", "a\\b"));
        assertThat(Property.of("content..b").names()).isEqualTo(List.of("content", "", "b"));
    }
}
