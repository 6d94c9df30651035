package lanyardplant.platform.upward;

/// Planted: a lower layer that uses a higher one.
public record Upward(lanyardplant.trust.upward.Upward higher) {}
