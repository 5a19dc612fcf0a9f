package dev.genstore.checks.harness;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.slf4j.LoggerFactory;

import java.util.List;

/** Takes what a logger is told, instead of the console. Confined to one thread. */
public final class LogWatch implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    /** Watches this logger and those below it. */
    public LogWatch(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        logger.setAdditive(false);
        logger.addAppender(events);
        events.start();
    }

    /** What it has been told so far, each with its level before it. */
    public List<String> messages() {
        return List.copyOf(events.list).stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(events);
        logger.setAdditive(true);
    }
}
