package lanyardplant.trust.egg;

import java.util.List;
import lanyardplant.trust.hen.Hen;

/// Planted: the other half.
public record Egg() {
    public List<Hen> hens() {
        return List.of(new Hen(this));
    }
}
