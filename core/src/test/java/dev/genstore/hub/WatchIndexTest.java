package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.StoredLog;
import dev.genstore.query.Selection;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A hundred thousand watches of different resources, in ten collections. */
class WatchIndexTest {
    private static final int COLLECTIONS = 10;
    private static final int IDS = 10_000;
    private static final List<Target> WIDE =
            List.of(new Target.Everything(), new Target.InCollection("c3"));

    private final WatchIndex index = new WatchIndex(new RankingMemory(1 << 20));

    @Test
    void a_change_finds_its_own_topics_among_a_hundred_thousand_and_no_others() {
        addAll();
        assertThat(matching(change("c3", "n77")))
                .containsExactlyInAnyOrder(
                        new Target.Everything(),
                        new Target.InCollection("c3"),
                        new Target.Single("c3", "n77"));
        assertThat(matching(change("c4", "n77")))
                .containsExactlyInAnyOrder(new Target.Everything(), new Target.Single("c4", "n77"));
        assertThat(matching(change("c4", "unknown"))).containsExactly(new Target.Everything());
        assertThat(matching(change("unknown", "n77"))).containsExactly(new Target.Everything());
    }

    @Test
    void topics_that_are_removed_leave_nothing_behind_and_the_others_are_found_still() {
        addAll();
        for (Target target : singles()) {
            if (!target.equals(new Target.Single("c3", "n77"))) {
                index.remove(topic(target));
            }
        }
        index.remove(topic(new Target.Everything()));
        assertThat(index.all()).hasSize(2);
        assertThat(matching(change("c3", "n77"))).hasSize(2);
        index.remove(topic(new Target.InCollection("c3")));
        index.remove(topic(new Target.Single("c3", "n77")));
        assertThat(index.all()).isEmpty();
        assertThat(matching(change("c3", "n77"))).isEmpty();
    }

    @Test
    void a_target_has_one_topic() {
        for (Target target : List.of(WIDE.get(0), WIDE.get(1), new Target.Single("c3", "n1"))) {
            assertThat(index.find(Selection.of(target))).isNull();
            Topic topic = topic(target);
            assertThat(topic(target)).isSameAs(topic);
            assertThat(index.find(Selection.of(target))).isSameAs(topic);
        }
    }

    /** What nobody has been told anything of takes no memory for frames, and wakes nobody. */
    @Test
    void a_change_costs_a_frame_and_a_wake_up_for_each_watch_that_it_belongs_to() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var frames = new AtomicInteger();
        var woken = new AtomicInteger();
        Framing counting = event -> counted(frames, event);
        Runnable listener = woken::incrementAndGet;
        var feeds = new ArrayList<Feed>();
        for (Target target : targets()) {
            feeds.add(rig.hub.subscribe(new Watch(target, DataMode.FULL), counting, listener));
        }
        assertThat(rig.hub.windowBytes()).isZero();
        rig.put("c3", "n77");
        rig.put("c4", "n77");
        rig.put("c4", "unknown");
        rig.hub.advance();
        assertThat(frames).hasValue(3 + 2 + 1);
        assertThat(woken).hasValue(4);
        assertThat(rig.hub.windowBytes()).isEqualTo(4 << 10);
        for (Feed feed : feeds) {
            rig.hub.unsubscribe(feed, listener);
        }
        rig.nowMillis += Hub.Limits.DEFAULT.unusedMillis();
        rig.hub.forgetUnused();
        rig.put("c3", "n77");
        rig.hub.advance();
        assertThat(rig.hub.feedCount()).isZero();
        assertThat(rig.hub.windowBytes()).isZero();
        assertThat(frames).hasValue(6);
    }

    private static byte[] counted(AtomicInteger frames, Event event) {
        frames.incrementAndGet();
        return event.json();
    }

    private void addAll() {
        targets().forEach(this::topic);
        assertThat(index.all()).hasSize(COLLECTIONS * IDS + WIDE.size());
    }

    private static List<Target> targets() {
        var targets = new ArrayList<Target>(WIDE);
        targets.addAll(singles());
        return targets;
    }

    private static List<Target> singles() {
        var singles = new ArrayList<Target>();
        for (int i = 0; i < COLLECTIONS * IDS; i++) {
            singles.add(new Target.Single("c" + i % COLLECTIONS, "n" + i / COLLECTIONS));
        }
        return singles;
    }

    private Topic topic(Target target) {
        return index.topic(Selection.of(target));
    }

    private List<Target> matching(Change change) {
        return index.candidates(new Transition(change)).stream()
                .map(Topic::target)
                .toList();
    }

    private static Change change(String collection, String id) {
        return new StoredLog().put(collection, id, "{}");
    }
}
