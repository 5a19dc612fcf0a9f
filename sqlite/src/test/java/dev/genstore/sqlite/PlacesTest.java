package dev.genstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.query.Asker;
import dev.genstore.resource.Problem;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Many wait in one line, and nobody fills it alone. */
class PlacesTest {
    private static final String ANN = "ann";
    private static final String BEN = "ben";
    private static final String OFFICE = "office";

    private final Places places = new Places("long", 5, 2);

    private List<?> enter(String... clients) {
        var asker = new Asker();
        asker.standsFor(List.of(clients));
        return places.enter(asker);
    }

    private void refuse(String why, String... clients) {
        assertThatThrownBy(() -> enter(clients)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.type().status()).isEqualTo(503);
            assertThat(problem.headers()).containsEntry("Retry-After", "1");
            assertThat(problem).hasMessageContaining(why);
        });
    }

    @Test
    void one_client_has_a_part_of_the_places_and_another_one_finds_room() {
        enter(ANN);
        List<?> second = enter(ANN);
        refuse("of yours", ANN);
        enter(BEN);
        places.leave(second);
        enter(ANN);
        refuse("of yours", ANN);
    }

    @Test
    void who_stands_for_an_address_and_for_himself_has_a_place_of_each() {
        enter(OFFICE, ANN);
        enter(OFFICE, BEN);
        refuse("of yours", OFFICE);
        enter(ANN);
        refuse("of yours", ANN);
        enter(BEN);
    }

    @Test
    void all_together_have_so_many_and_who_is_not_counted_has_any_of_them() {
        var all = new ArrayList<List<?>>();
        for (int i = 0; i < 5; i++) {
            all.add(enter());
        }
        refuse("Too many long readings wait", ANN);
        all.forEach(places::leave);
        enter(ANN);
        enter(ANN);
    }
}
