package lanyard.traceability;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// This test holds a rule of the guidance, for instance `@Rule("G28")`. `docs/guidance.md` is checked against these
/// tags.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(Rule.All.class)
public @interface Rule {
    String value();

    /// Several of them on one test.
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface All {
        Rule[] value();
    }
}
