package lanyardplant.trust.chance;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/// Planted: looks at the clock, throws dice and is changed from outside.
public final class Chance {
    private Object what = new SecureRandom();

    public void setWhat(Object what) {
        this.what = what;
    }

    public Object what() {
        return what;
    }

    public Object handedIn(InstantSource time) {
        return time.instant();
    }

    public Object lookedUp(int how) {
        return switch (how) {
            case 0 -> Instant.now();
            case 1 -> System.currentTimeMillis();
            case 2 -> LocalDate.now(ZoneOffset.UTC);
            case 3 -> Clock.systemUTC();
            default -> UUID.randomUUID();
        };
    }
}
