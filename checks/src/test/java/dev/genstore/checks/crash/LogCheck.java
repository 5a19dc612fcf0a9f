package dev.genstore.checks.crash;

import dev.genstore.checks.crash.Complaint.Kind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Holds the log against what the writers were answered: each write that was acknowledged is there at
 * its revision, what was refused is not, nothing is there twice and no revision is missing.
 *
 * <p>Confined to one thread.
 */
final class LogCheck {
    private final Truth truth;
    private final SortedMap<Long, Telling> log;
    private final List<Complaint> complaints = new ArrayList<>();

    private LogCheck(Truth truth) {
        this.truth = truth;
        this.log = truth.byRevision();
    }

    static List<Complaint> of(Truth truth, List<Attempt> attempts) {
        var check = new LogCheck(truth);
        check.requireNoHole();
        check.requireAsked(attempts);
        check.requireKept(attempts);
        return check.complaints;
    }

    private void requireNoHole() {
        for (long revision = 1; revision <= truth.head(); revision++) {
            if (!log.containsKey(revision)) {
                complain(
                        Kind.HOLE,
                        "revision " + revision + " of " + truth.head() + " is missing in the log");
            }
        }
    }

    /** Every change is one that was asked for, and not refused. */
    private void requireAsked(List<Attempt> attempts) {
        Map<String, Attempt> byName = new HashMap<>();
        attempts.forEach(attempt -> byName.put(attempt.name(), attempt));
        var written = new HashMap<String, Telling>();
        for (Telling change : truth.log()) {
            String name = String.valueOf(change.origin());
            Attempt attempt = byName.get(name);
            if (attempt == null) {
                complain(Kind.MADE_UP, change + " was asked for by nobody");
            } else if (attempt.isRefused()) {
                complain(Kind.REFUSED_AND_WRITTEN, attempt + " made " + change);
            }
            Telling earlier = written.put(name, change);
            if (earlier != null) {
                complain(Kind.WRITE_DOUBLED, change + " is " + earlier + " once more");
            }
        }
    }

    /** Every write that was acknowledged is where its answer said. */
    private void requireKept(List<Attempt> attempts) {
        var answered = new HashMap<String, Attempt>();
        for (Attempt attempt : attempts) {
            String position = attempt.position();
            if (attempt.isAcknowledged() && position != null) {
                requireKept(attempt, position);
                Attempt earlier = answered.put(position, attempt);
                if (earlier != null) {
                    complain(
                            Kind.REVISION_REUSED,
                            position + " was the answer to " + earlier + " and to " + attempt);
                }
            }
        }
    }

    private void requireKept(Attempt attempt, String position) {
        Telling kept = log.get(Telling.revision(position));
        boolean there = kept != null
                && kept.position().equals(position)
                && attempt.name().equals(kept.origin())
                && kept.resource().startsWith(attempt.resource());
        if (!there) {
            complain(
                    Kind.WRITE_LOST,
                    attempt + " was acknowledged as " + position + ", where the log has " + kept);
        }
    }

    private void complain(Kind kind, String what) {
        complaints.add(new Complaint(kind, what));
    }
}
