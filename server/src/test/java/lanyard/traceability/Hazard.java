package lanyard.traceability;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// This test holds a hazard of the safety case, for instance `@Hazard("H05")`. `docs/safety/hazards.md` is checked
/// against these tags.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(Hazard.All.class)
public @interface Hazard {
    String value();

    /// Several of them on one test.
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface All {
        Hazard[] value();
    }
}
