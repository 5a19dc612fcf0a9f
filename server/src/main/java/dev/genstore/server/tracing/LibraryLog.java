package dev.genstore.server.tracing;

import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Brings what OpenTelemetry says by {@code java.util.logging} into the log of the program, so that it
 * has the same form. It says a failure to send no more than a few times a minute.
 *
 * <p>Thread-safe.
 */
final class LibraryLog extends Handler {
    /** Held, as the JDK holds loggers weakly and would forget the handler. */
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private static final int WARNING = java.util.logging.Level.WARNING.intValue();
    private static final int INFO = java.util.logging.Level.INFO.intValue();

    private final SimpleFormatter formatter = new SimpleFormatter();

    private LibraryLog() {}

    /** From now on; once is enough. */
    static synchronized void open() {
        if (LIBRARY.getHandlers().length == 0) {
            LIBRARY.addHandler(new LibraryLog());
            LIBRARY.setUseParentHandlers(false);
        }
    }

    @Override
    public void publish(LogRecord said) {
        LoggerFactory.getLogger(said.getLoggerName())
                .atLevel(level(said.getLevel().intValue()))
                .setCause(said.getThrown())
                .log(formatter.formatMessage(said));
    }

    /** What it calls severe harms nobody but those who look at traces. */
    private static Level level(int value) {
        if (value >= WARNING) {
            return Level.WARN;
        }
        return value >= INFO ? Level.INFO : Level.DEBUG;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
