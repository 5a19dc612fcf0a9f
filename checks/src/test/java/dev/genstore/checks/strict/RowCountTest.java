package dev.genstore.checks.strict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.testkit.Table;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

/** The tables are as long as the documents say; a row that is only there twice counts once. */
class RowCountTest {
    private static final String WEBSOCKET = "/dev/genstore/wire/websocket/";

    @Test
    void more_than_500_requests_are_tried_over_connections() {
        assertThat(cases(Stream.concat(HttpTablesTest.requests(), HttpTablesTest.chunkedBodies())))
                .isGreaterThan(500);
    }

    @Test
    void more_than_400_rows_are_on_websockets() {
        Stream<Table.Row> handshakes = Stream.of("handshakes.txt", "compression.txt")
                .flatMap(file -> Table.rows(RowCountTest.class, WEBSOCKET + file).stream());
        assertThat(cases(Stream.concat(FrameTablesTest.frames(), handshakes))).isGreaterThan(400);
    }

    @Test
    void more_than_350_bodies_are_of_json() {
        assertThat(cases(JsonBodiesTest.bodies().stream())).isGreaterThan(350);
    }

    private static long cases(Stream<Table.Row> rows) {
        List<String> inputs = rows.map(Table.Row::input).toList();
        return inputs.stream().distinct().count();
    }
}
