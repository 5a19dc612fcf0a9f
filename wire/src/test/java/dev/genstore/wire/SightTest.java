package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.hub.Progress;
import dev.genstore.hub.ResetReason;
import dev.genstore.hub.Start;
import dev.genstore.query.Authority;
import dev.genstore.query.Filter;
import dev.genstore.query.Selection;
import dev.genstore.query.Term;
import dev.genstore.query.View;
import dev.genstore.query.Views;
import dev.genstore.resource.Position;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.JsonNodeFactory;

/** What somebody was told by other rules he forgets, and nothing else. */
class SightTest {
    private static final Selection NOTES = Selection.of(new Target.InCollection("notes"));
    private static final Authority ANN = Authority.of(JsonNodeFactory.instance.objectNode());

    private long since = 60;
    private Filter seen = Filter.ALL;

    private final Views views = new Views() {
        @Override
        public View of(Authority by, Selection asked) {
            if (seen.isNone()) {
                throw ProblemType.FORBIDDEN.because("Nothing is seen.");
            }
            return new View(asked.through(seen), since);
        }

        @Override
        public long since(Target target) {
            return since;
        }

        @Override
        public boolean areTheSame(Authority by, long before) {
            return before == since;
        }

        @Override
        public void listen(Runnable listener) {}
    };

    private final Sight sight = Sight.of(views, ANN, NOTES);

    @Test
    void a_position_from_before_the_rules_begins_anew() {
        assertThat(sight.begin(after(59))).isEqualTo(new Start.Anew(new Position("e1", 59)));
        assertThat(sight.begin(after(60))).isEqualTo(after(60));
        assertThat(sight.begin(new Start.Between(new Position("e1", 59))))
                .isEqualTo(new Start.Anew(new Position("e1", 59)));
    }

    @Test
    void who_has_nothing_need_not_forget_anything() {
        assertThat(sight.begin(after(0))).isEqualTo(after(0));
        assertThat(sight.begin(new Start.Now())).isEqualTo(new Start.Now());
    }

    private static Start after(long revision) {
        return new Start.After(new Position("e1", revision));
    }

    @Test
    void who_was_reset_by_the_present_rules_goes_on() {
        assertThat(sight.isRecent(new Progress.State(5, 5, 60))).isTrue();
        assertThat(sight.isRecent(new Progress.State(5, 5, 59))).isFalse();
        assertThat(sight.isRecent(new Progress.Log(50, 5, 60))).isTrue();
        assertThat(sight.isRecent(new Progress.Log(50, 5, 59))).isFalse();
        assertThat(sight.isRecent(new Progress.Log(60, 5, 0))).isTrue();
        assertThat(sight.isRecent(new Progress.Lost(ResetReason.AHEAD))).isFalse();
    }

    @Test
    void only_a_change_of_what_is_seen_makes_another_sight() {
        assertThat(sight.now()).isEqualTo(Sight.Now.SAME);
        since = 70;
        assertThat(sight.now()).isEqualTo(Sight.Now.SAME);
        seen = Filter.of(new Term.Has(Term.Member.of("a")));
        assertThat(sight.now()).isEqualTo(Sight.Now.OTHER);
        assertThat(sight.again().now()).isEqualTo(Sight.Now.SAME);
        seen = Filter.NONE;
        since = 80;
        assertThat(sight.now()).isEqualTo(Sight.Now.NOTHING);
    }

    @Test
    void who_need_not_ask_the_rules_always_sees_the_same() {
        Sight all = Sight.of(Views.WITHOUT_RULES, Authority.ALL, NOTES);
        assertThat(all.now()).isEqualTo(Sight.Now.SAME);
        assertThat(all.begin(after(1))).isEqualTo(after(1));
    }
}
