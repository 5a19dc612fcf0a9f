package dev.genstore.embedded.audit;

import dev.genstore.auth.ApiKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What has become of the API keys since they were looked at last; at first, since the log was written
 * last. Keys are made and revoked by other processes, also while no server runs.
 *
 * <p>Confined to one thread at a time.
 */
final class KeyNews {
    private final Map<String, ApiKey> known = new HashMap<>();
    private final Instant since;

    /** One thing that has happened to a key. */
    record News(String event, ApiKey key) {}

    /**
     * None yet.
     *
     * @param lastWritten when the log was written last, or null when it never was
     */
    KeyNews(@Nullable Instant lastWritten) {
        this.since = lastWritten == null
                ? Instant.EPOCH
                : lastWritten.truncatedTo(ChronoUnit.SECONDS); // as the times of keys are
    }

    /** What is new about these keys, which are all that there are. */
    List<News> of(List<ApiKey> keys) {
        var news = new ArrayList<News>();
        for (ApiKey key : keys) {
            ApiKey before = known.put(key.id(), key);
            if (before == null && !key.created().isBefore(since)) {
                news.add(new News("key-created", key));
            }
            Instant revoked = key.revoked();
            boolean wasRevoked = before != null && before.revoked() != null;
            if (revoked != null && !wasRevoked && !revoked.isBefore(since)) {
                news.add(new News("key-revoked", key));
            }
        }
        known.keySet().retainAll(keys.stream().map(ApiKey::id).collect(Collectors.toSet()));
        return news;
    }
}
