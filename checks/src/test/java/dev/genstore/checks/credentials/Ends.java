package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.Told;

/** How a watch ends whose credentials are no good any more. */
final class Ends {
    private Ends() {}

    /** It may hear that nothing has happened, and that its end is near; and then that it is over. */
    static void require(FollowBy transport, Follower follower) {
        require(transport, follower, 0);
    }

    /** The same, and it may hear of changes up to this one. */
    static void require(FollowBy transport, Follower follower, long revision) {
        assertThatThrownBy(() -> readUpTo(revision, follower))
                .satisfies(end -> assertThat(how(end)).isEqualTo(expected(transport)));
    }

    private static void readUpTo(long revision, Follower follower) {
        Told told = follower.next();
        while (told.isSynced() || (told.isChange() && told.revision() <= revision)) {
            told = follower.next();
        }
    }

    private static String how(Throwable end) {
        return switch (end) {
            case Follower.Ended ended -> ended.how();
            case Follower.Refused refused -> "" + refused.answer().status();
            default -> end.toString();
        };
    }

    private static String expected(FollowBy transport) {
        return switch (transport) {
            case WEBSOCKET -> "4401 The credentials have expired or were revoked.";
            case SSE, NDJSON -> "whole";
            case PAGES -> "401";
        };
    }
}
