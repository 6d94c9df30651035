package lanyardplant.standards.library;

import org.slf4j.Logger;

/// Planted: a standard that needs more than Java.
public record Library(Logger logger) {}
