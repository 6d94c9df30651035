package lanyardplant.trust.hen;

import lanyardplant.trust.egg.Egg;

/// Planted: half of a cycle.
public record Hen(Egg laid) {}
