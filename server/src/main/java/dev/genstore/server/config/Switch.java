package dev.genstore.server.config;

/** What something is that can be switched. On the command line the option alone means on. */
public enum Switch {
    ON,
    OFF
}
