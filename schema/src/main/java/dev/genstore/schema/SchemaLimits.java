package dev.genstore.schema;

/**
 * What bounds the cost of a schema. The first part is checked when a schema is read, and one that is
 * beyond it is refused. The second part is counted while a document is checked: one that would cost
 * more is refused, as nobody knows whether it fits.
 */
public final class SchemaLimits {
    /** Length of a schema, as JSON in bytes. */
    public static final int BYTES_MAX = 65_536;

    /** Schemas inside a schema. */
    public static final int PARTS_MAX = 2_000;

    /** Steps that checking any document may cost. A step is up to some hundred nanoseconds. */
    public static final int STEPS_MAX = 100_000;

    /** Steps that it may cost besides, for each byte of it. */
    public static final int STEPS_PER_BYTE_MAX = 16;

    /** How many schemas may be at work inside one another. */
    public static final int DEPTH_MAX = 300;

    /** How many members at fault are told. */
    public static final int ERRORS_MAX = 20;

    private SchemaLimits() {}
}
