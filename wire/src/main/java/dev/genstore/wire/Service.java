package dev.genstore.wire;

import dev.genstore.hub.Hub;
import dev.genstore.router.Authenticator;
import dev.genstore.router.Router;
import dev.genstore.wire.http.ByteBudget;
import dev.genstore.wire.http.HostPolicy;
import dev.genstore.wire.http.OriginPolicy;
import dev.genstore.wire.http.ResponseEncoder;
import dev.genstore.wire.longpoll.Arrival;
import dev.genstore.wire.longpoll.ChangesPage;
import dev.genstore.wire.longpoll.SnapshotPoll;
import dev.genstore.wire.proxy.UnlistedProxies;
import dev.genstore.wire.rates.Rates;

import java.util.concurrent.Executor;

/**
 * What every connection works with. Immutable; its parts are thread-safe.
 *
 * @param settings times and limits
 * @param authenticator tells who makes a request
 * @param witness is told who does what
 * @param tracer follows requests
 * @param router answers requests
 * @param asking tells what a request wants
 * @param hub tells those who watch, if there is room for them
 * @param arrivals waits until the server has come to a position
 * @param polls answers with a snapshot that differs
 * @param pages answers with changes
 * @param origins which browser pages may open a WebSocket
 * @param hosts by which names the server may be called while everybody is let in
 * @param unlisted notices proxies that are not listed
 * @param cors which browser pages may read answers
 * @param responses writes answers
 * @param budget bounds what all connections hold of bodies and answers
 * @param commanded bounds how many watches all WebSockets have by commands
 * @param rates bounds what each client does
 * @param connections how many there are
 * @param handshakes those of TLS that are not done
 * @param actions runs what may block
 */
record Service(
        WireSettings settings,
        Authenticator authenticator,
        Witness witness,
        RequestTracer tracer,
        Router router,
        AskingReader asking,
        Hub hub,
        Arrival arrivals,
        SnapshotPoll polls,
        ChangesPage pages,
        OriginPolicy origins,
        HostPolicy hosts,
        UnlistedProxies unlisted,
        Cors cors,
        ResponseEncoder responses,
        ByteBudget budget,
        WatchCount commanded,
        Rates rates,
        ConnectionCount connections,
        Handshakes handshakes,
        Executor actions) {}
