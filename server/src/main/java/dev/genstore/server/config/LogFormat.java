package dev.genstore.server.config;

/** How a logged message is written. */
public enum LogFormat {
    /** For people: a line with its time, level and place, and behind it the stack trace, if any. */
    TEXT,

    /** For programs: an object of JSON on a line, with the stack trace in it. */
    JSON
}
