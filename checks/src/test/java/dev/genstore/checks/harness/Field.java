package dev.genstore.checks.harness;

/** A header field of a message. */
public record Field(String name, String value) {}
