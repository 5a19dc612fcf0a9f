package dev.genstore.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Principal;
import dev.genstore.router.SessionCookie;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The sessions of browsers: each stands for the credentials that it was begun with, for some time. Of
 * the cookie only a hash is kept, in memory, so a restart ends all of them.
 *
 * <p>Thread-safe.
 */
final class Sessions {
    /** How many there may be. */
    static final int COUNT_MAX = 10_000;

    /** How many one principal may have; of more, the one goes that was not used for longest. */
    static final int COUNT_MAX_EACH = 100;

    /** So long a session lives without a request. */
    static final Duration IDLE_MAX = Duration.ofHours(1);

    /** So long it lives at most. */
    static final Duration LIFE_MAX = Duration.ofHours(12);

    private static final int RANDOM_BYTES = 32;

    private final InstantSource clock;
    private final RandomGenerator random;

    /** By the hash of the cookie; the one that was not used for longest comes first. */
    @GuardedBy("this") private final Map<String, Session> byHash = new LinkedHashMap<>();

    /**
     * Whether some have gone of which those who watch in them have not heard: to make room, or because
     * a request has found them over.
     */
    @GuardedBy("this") private boolean haveGone;

    /** One session. What it stands for does not change; when it was used does. */
    private static final class Session {
        private final Principal principal;
        private final String cookieName;
        private Instant used;

        Session(Principal principal, String cookieName, Instant used) {
            this.principal = principal;
            this.cookieName = cookieName;
            this.used = used;
        }

        boolean isOver(Instant now) {
            Instant expires = principal.expires();
            boolean isIdle = !now.isBefore(used.plus(IDLE_MAX));
            return isIdle || (expires != null && !now.isBefore(expires));
        }
    }

    /** A session that was begun, and what its browser has to send. */
    record Begun(Principal principal, SessionCookie cookie) {}

    Sessions(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * Begins a session.
     *
     * @param by whose credentials it stands for
     * @throws dev.genstore.resource.Problem 503 when there are too many
     */
    synchronized Begun begin(Principal by, boolean isSecure) {
        Instant now = clock.instant();
        makeRoomFor(by, now);
        String name = isSecure ? SessionCookie.SECURE_NAME : SessionCookie.PLAIN_NAME;
        var cookie = new SessionCookie(name, text());
        String hash = hash(cookie);
        Principal principal = by.in(hash, now.plus(LIFE_MAX));
        byHash.put(hash, new Session(principal, name, now));
        return new Begun(principal, cookie);
    }

    private String text() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** With the name: what was made for http opens nothing over https, where others can't set it. */
    private static String hash(SessionCookie cookie) {
        return Hash.of(cookie.name() + "=" + cookie.value());
    }

    @GuardedBy("this") private void makeRoomFor(Principal by, Instant now) {
        haveGone |= byHash.values().removeIf(session -> session.isOver(now));
        Predicate<Session> isHis = session -> session.principal.id().equals(by.id());
        if (byHash.values().stream().filter(isHis).count() >= COUNT_MAX_EACH) {
            removeFirst(isHis);
        } else if (byHash.size() >= COUNT_MAX) {
            throw ProblemType.OVERLOADED
                    .because("There are too many sessions; end some, or send the credentials"
                            + " themselves.")
                    .with("Retry-After", "60");
        }
    }

    @GuardedBy("this") private void removeFirst(Predicate<Session> wanted) {
        Iterator<Session> sessions = byHash.values().iterator();
        while (sessions.hasNext()) {
            if (wanted.test(sessions.next())) {
                sessions.remove();
                haveGone = true;
                return;
            }
        }
    }

    /** Whose session has this cookie, or null when there is none; from now on it was used. */
    synchronized @Nullable Principal use(SessionCookie cookie) {
        String hash = hash(cookie);
        Session session = byHash.remove(hash);
        Instant now = clock.instant();
        if (session == null || session.isOver(now)) {
            haveGone |= session != null;
            return null;
        }
        session.used = now;
        byHash.put(hash, session);
        return session.principal;
    }

    /** Whether it has not ended. */
    synchronized boolean isThere(String hash) {
        Session session = byHash.get(hash);
        return session != null && !session.isOver(clock.instant());
    }

    /** Ends a session; returns the name of its cookie, or null when there was none. */
    synchronized @Nullable String end(String hash) {
        Session session = byHash.remove(hash);
        return session == null ? null : session.cookieName;
    }

    /**
     * Forgets those that are over, by their time or by what they stand for.
     *
     * @return whether there were any, or some have gone by themselves since it was asked last
     */
    synchronized boolean forget(Predicate<Principal> isGood) {
        Instant now = clock.instant();
        haveGone |= byHash.values()
                .removeIf(session -> session.isOver(now) || !isGood.test(session.principal));
        boolean have = haveGone;
        haveGone = false;
        return have;
    }

    /** Of one that has ended not all have heard. */
    synchronized void tellAgain() {
        haveGone = true;
    }

    synchronized int count() {
        return byHash.size();
    }
}
