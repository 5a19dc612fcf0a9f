package dev.genstore.server.config;

/** Whether the audit log tells of requests that only read. */
public enum AuditReads {
    ON,
    OFF
}
