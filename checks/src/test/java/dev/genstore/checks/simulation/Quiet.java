package dev.genstore.checks.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Keeps the store from telling of thousands of failures that are planned. */
final class Quiet implements BeforeAllCallback, AfterAllCallback {
    private static final Logger GENSTORE = (Logger) LoggerFactory.getLogger("dev.genstore");

    @Override
    public void beforeAll(ExtensionContext context) {
        GENSTORE.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        GENSTORE.setLevel(null);
    }
}
