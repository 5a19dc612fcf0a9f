package dev.genstore.server.config;

/** Whether WebSocket messages are compressed. */
public enum CompressionSetting {
    /** For clients that offer it. */
    ON,
    OFF
}
