package dev.genstore.server.config;

/** How much is logged: messages of this level and of those before it. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
