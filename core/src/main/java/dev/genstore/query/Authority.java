package dev.genstore.query;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Objects;

/**
 * In whose name something is done, as rules see it. Two are equal when rules can't tell them apart.
 *
 * <p>Immutable, as long as nobody writes into what it was made of.
 */
public final class Authority {
    /** May do everything: the program itself, who administers, and anybody while nobody is asked. */
    public static final Authority ALL = new Authority(null);

    private final @Nullable JsonNode auth;

    private Authority(@Nullable JsonNode auth) {
        this.auth = auth;
    }

    /**
     * May do what rules let him.
     *
     * @param auth what rules call {@code auth}: an object
     */
    public static Authority of(JsonNode auth) {
        return new Authority(Objects.requireNonNull(auth, "auth"));
    }

    /** Whether no rule is asked. */
    public boolean isAll() {
        return auth == null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Authority authority && Objects.equals(auth, authority.auth);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(auth);
    }

    /** What rules call {@code auth}; of one who is not asked there is nothing. */
    JsonNode auth() {
        return Objects.requireNonNull(auth, "auth");
    }
}
