package dev.genstore.apidocs;

import java.util.Objects;

/**
 * Whose API it is.
 *
 * @param title its name
 * @param version the version of what its documents say
 */
public record ApiInfo(String title, String version) {
    /** Of a Genstore that is nothing else. */
    public static final ApiInfo DEFAULT = new ApiInfo("Genstore", "0.1.0");

    public ApiInfo {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(version, "version");
    }
}
