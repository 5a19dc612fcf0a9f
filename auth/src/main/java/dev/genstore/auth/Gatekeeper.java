package dev.genstore.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Authenticator;
import dev.genstore.router.Challenges;
import dev.genstore.router.Headers;
import dev.genstore.router.Principal;
import dev.genstore.router.Request;
import dev.genstore.router.SessionCookie;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets in who has an API key of the store or a token of a configured issuer, or the cookie of a
 * session that was begun with one. As long as there is neither a key nor an issuer everybody is let
 * in, as nobody.
 *
 * <p>Thread-safe.
 */
public final class Gatekeeper implements Authenticator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);
    private static final Duration FETCH_PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 1_000;

    private final InstantSource clock;
    private final ApiKeys desk;
    private final KeyRing keys;
    private final Tokens tokens;
    private final Sessions sessions;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> endListeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock looking = new ReentrantLock();

    /** Whether a listener has still to hear of what was changed last. */
    @GuardedBy("looking") private boolean isUntold;

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("genstore-keys").factory());

    Gatekeeper(InstantSource clock, ApiKeys desk, KeyRing keys, Tokens tokens, Sessions sessions) {
        this.clock = clock;
        this.desk = desk;
        this.keys = keys;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /**
     * The keeper of the store in this folder.
     *
     * @throws KeyFileException when its keys can't be read
     * @throws IllegalArgumentException when two issuers have the same name
     */
    public static Gatekeeper of(Path folder, List<Issuer> issuers, InstantSource clock) {
        KeyFetch fetch = issuers.isEmpty()
                ? url -> {
                    throw new IllegalStateException("nobody's keys are needed");
                }
                : new HttpKeyFetch(FETCH_PATIENCE);
        return new Gatekeeper(
                clock,
                ApiKeys.in(folder, clock),
                new KeyRing(new KeyFile(folder), clock),
                new Tokens(issuers, fetch, clock, IssuerKeys.Times.DEFAULT),
                new Sessions(clock, new SecureRandom()));
    }

    /** Begins to look once a second whether keys were made or revoked. */
    public void start() {
        looks.scheduleWithFixedDelay(
                this::lookAround, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public @Nullable Principal recall(Request request) {
        if (!isLocked()) {
            return Principal.NOBODY;
        }
        String token = BearerToken.of(request.headers());
        if (token == null) {
            return bySession(request);
        }
        return KeyText.isMeantBy(token) ? byKey(token) : tokens.recall(token);
    }

    @Override
    public Principal identify(Request request) {
        if (!isLocked()) {
            return Principal.NOBODY;
        }
        String token = BearerToken.of(request.headers());
        if (token == null) {
            return bySession(request);
        }
        return KeyText.isMeantBy(token) ? byKey(token) : tokens.verify(token);
    }

    /**
     * Locks the door, though there may be nothing that lets anybody in: of a store that asked for
     * credentials once, those may have been lost, and whoever comes is not who had them. The next key
     * that is made lets its owner in. To be called before it is asked who somebody is.
     */
    public void lock() {
        keys.lock();
    }

    /** Whether it is asked who somebody is: there was ever anything that could let somebody in. */
    public boolean isLocked() {
        return tokens.hasIssuers() || keys.isLocked();
    }

    /** Whether there is an API key, be it good or not, or an issuer. */
    public boolean hasCredentials() {
        return tokens.hasIssuers() || !keys.all().isEmpty();
    }

    /** The API keys that were ever made, as they were when they were looked at last. */
    public List<ApiKey> keys() {
        return keys.all();
    }

    /** The time by which keys are good or not. */
    Instant now() {
        return clock.instant();
    }

    /** All API keys, as they are in their file. */
    List<ApiKey> listKeys() {
        return desk.list();
    }

    /** Makes an API key, which is good here when this returns. */
    ApiKeys.Made makeKey(String name, Set<String> scopes, @Nullable Instant expires) {
        ApiKeys.Made made = desk.createUntil(name, scopes, expires);
        lookSafely();
        return made;
    }

    /**
     * Revokes an API key, which is no good here when this returns. The last one that administers stays,
     * unless there may be tokens that do: nobody else could make another one from elsewhere.
     *
     * @return whether there is such a key
     * @throws dev.genstore.resource.Problem 403 when it is the last one
     */
    boolean revokeKey(String id) {
        boolean isThere = desk.revoke(id, this::requireOther).isPresent();
        lookSafely();
        return isThere;
    }

    private void requireOther(ApiKey key, List<ApiKey> others) {
        boolean isLast = administers(key) && others.stream().noneMatch(Gatekeeper::administers);
        if (isLast && !tokens.hasIssuers()) {
            throw ProblemType.FORBIDDEN.because("This is the last good key with the scope 'admin'."
                    + " Make another one first, or revoke it by 'genstore key revoke'.");
        }
    }

    private static boolean administers(ApiKey key) {
        return key.scopes().contains(Principal.ADMIN);
    }

    /** Who shows other credentials means those, whatever cookie a browser adds. */
    private Principal bySession(Request request) {
        Headers headers = request.headers();
        List<SessionCookie> cookies = SessionCookie.all(headers);
        if (cookies.isEmpty() || headers.first("Authorization").isPresent()) {
            throw Challenges.unauthenticated();
        }
        Principal found = byCookie(cookies, SameOrigin.isKnownSecure(request));
        if (found == null || !isGood(found)) {
            throw Challenges.sessionOver();
        }
        SameOrigin.require(request);
        return found;
    }

    /**
     * Over https, one that was set over http counts for nothing: anybody on the way can set it. Where
     * nobody knows how it is asked, it counts for nothing where there is another.
     */
    private @Nullable Principal byCookie(List<SessionCookie> cookies, boolean isSecure) {
        boolean hasSecure =
                cookies.stream().anyMatch(each -> each.name().equals(SessionCookie.SECURE_NAME));
        String wanted =
                isSecure || hasSecure ? SessionCookie.SECURE_NAME : SessionCookie.PLAIN_NAME;
        List<SessionCookie> meant =
                cookies.stream().filter(each -> each.name().equals(wanted)).toList();
        return meant.size() == 1 ? sessions.use(meant.getFirst()) : null;
    }

    private Principal byKey(String text) {
        if (!KeyText.isWhole(text)) {
            throw Challenges.invalidToken("The API key is not whole; it was cut off or mistyped.");
        }
        Principal found = keys.find(text);
        if (found == null) {
            throw Challenges.invalidToken("The API key is unknown here, expired or revoked.");
        }
        return found;
    }

    @Override
    public boolean isGood(Principal principal) {
        String session = principal.session();
        return areGood(principal) && (session == null || sessions.isThere(session));
    }

    /** Whether his credentials are. */
    private boolean areGood(Principal principal) {
        return switch (principal.kind()) {
            case NOBODY -> !isLocked();
            case KEY -> keys.isGood(principal);
            case TOKEN -> tokens.isGood(principal);
        };
    }

    /** Begins a session for somebody who was let in by his credentials. */
    Sessions.Begun begin(Principal by, boolean isSecure) {
        return sessions.begin(by, isSecure);
    }

    /** Ends a session and what is told to it; returns the cookie that is to be forgotten. */
    SessionCookie end(String session) {
        String name = sessions.end(session);
        tellOfEnd(session);
        return new SessionCookie(Objects.requireNonNullElse(name, SessionCookie.PLAIN_NAME), "");
    }

    /** Without the lock, as anybody may end his own. Where it fails, the next look tells of it. */
    private void tellOfEnd(String session) {
        try {
            endListeners.forEach(listener -> listener.accept(session));
        } catch (RuntimeException | Error bug) {
            LOG.error("It can't be told that a session has ended", bug);
            sessions.tellAgain();
        }
    }

    private void tellListeners() {
        looking.lock();
        try {
            tell();
        } finally {
            looking.unlock();
        }
    }

    /** One that fails keeps nobody else from hearing, and hears it again at the next look. */
    @GuardedBy("looking") private void tell() {
        boolean haveHeard = true;
        for (Runnable listener : listeners) {
            haveHeard &= hears(listener);
        }
        isUntold = !haveHeard;
    }

    @GuardedBy("looking") private boolean hears(Runnable listener) {
        try {
            listener.run();
            return true;
        } catch (RuntimeException | Error bug) {
            if (!isUntold) {
                LOG.error("It can't be told that keys or sessions have ended", bug);
            }
            return false;
        }
    }

    @Override
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void listenToEnds(Consumer<String> listener) {
        endListeners.add(listener);
    }

    /**
     * Looks whether keys were made or revoked, and has those ended who are not good any more. To be
     * called before a change is told: what happens behind a revocation is not told to whom it is for.
     * It costs a look at a file, or nothing where there never was a key.
     */
    public void lookBeforeTelling() {
        if (keys.isLocked()) {
            lookSafely();
        }
    }

    private void lookAround() {
        lookSafely();
        try {
            if (sessions.forget(this::areGood)) {
                tellListeners();
            }
        } catch (RuntimeException | Error bug) {
            LOG.error("Watches of sessions that are over can't be ended", bug);
        }
    }

    /** Who comes while another one looks waits until those who must go are gone. */
    private void lookSafely() {
        looking.lock();
        try {
            if (keys.refresh() || isUntold) {
                tell();
            }
        } catch (RuntimeException | Error bug) {
            LOG.error("Whether keys were revoked can't be told", bug);
        } finally {
            looking.unlock();
        }
    }

    /** Looks no more. */
    @Override
    public void close() {
        looks.shutdownNow();
    }
}
